#!/usr/bin/env bash
# Measures what bytes are worth on this machine's card: speed and accuracy of plans with single precision,
# half precision and bytes, from one calibration, and whether a plan that is built again from the
# calibration cache alone gives the same results. Prints one JSON object.
#
#   deploy/benchmark/int8.sh --video FILE --model NAME=model.yaml=network.onnx=BATCH[=K] ... > result.json
#
# Every second picture of the video is taken (--every); the last fifth of them takes no part in the calibration.
# With K only every K-th of these is judged: class maps of large pictures take seconds on the CPU.
# --work DIR keeps pictures, plans and figures, and what lies there is not made again: plans may be built and judged
# while the card is busy with other work, and the speeds (DIR/*-bench.json) measured alone by a second run.
# --level N is the builder's optimisation level (0), --algorithm how scales are chosen (minmax, entropy).
# FRAMEFLOW names the command where it is not ./frameflow, and may hold arguments:
#   FRAMEFLOW='java -cp CLASSPATH io.frameflow.cli.Frameflow'
set -euo pipefail

home=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
read -r -a frameflow <<<"${FRAMEFLOW:-$home/frameflow}"

fail() {
  printf 'int8.sh: %s\n' "$*" >&2
  exit 1
}

video=
level=0
algorithm=minmax
work=
every=2
models=()
while (($# > 0)); do
  case $1 in
    --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 0 ;;
    --video) video=${2:?}; shift 2 ;;
    --level) level=${2:?}; shift 2 ;;
    --algorithm) algorithm=${2:?}; shift 2 ;;
    --every) every=${2:?}; shift 2 ;;
    --work) work=${2:?}; shift 2 ;;
    --model) models+=("${2:?}"); shift 2 ;;
    *) fail "what is $1? see --help" ;;
  esac
done
((${#models[@]} > 0)) || fail "give a --model; see --help"
if [[ -z $work ]]; then
  work=$(mktemp -d)
  trap 'rm -rf -- "$work"' EXIT
fi
mkdir -p "$work"
pictures=$work/pictures
timing=$work/kernels.timing

run() {
  printf '%4ds %s\n' "$SECONDS" "$*" >&2
  "${frameflow[@]}" "$@"
}

# Runs a command whose output is kept in file $1, unless it is there.
once() {
  local file=$1
  shift
  [[ -s $file ]] || { run "$@" >"$file.part" && mv "$file.part" "$file"; }
}

# Builds a plan and prints its path. $1 name, $2 precision, $3 engine cache, then more options.
build() {
  local name=$1 precision=$2 cache=$3
  shift 3
  local batches=()
  ((batch > 1)) && batches=(--batch-min 1 --batch-max "$batch")
  once "$work/$name-build.txt" engine build --keep-head --model "$yaml" --onnx "$onnx" --precision "$precision" "${batches[@]}" \
    --engine-cache "$cache" --optimization-level "$level" --timing-cache "$timing" "$@"
  cat "$work/$name-build.txt" >&2
  # The path is the line before the one that describes the plan; figures of accuracy may come first.
  grep -m 1 '\.plan$' "$work/$name-build.txt"
}

# What the metadata of a plan say about the scales.
scales_of() {
  sed -n 's/.*"calibration_sha256": "\([0-9a-f]*\)".*/\1/p' "${1%.plan}.json"
}

if [[ ! -d $pictures/held-back ]]; then
  [[ -n $video ]] || fail "give a --video; see --help"
  IFS== read -r _ yaml onnx _ <<<"${models[0]}"
  run calibrate --model "$yaml" --onnx "$onnx" --every "$every" --hold-back 20 --keep-pictures "$pictures" "$video" >&2
fi

# The pictures that a model is judged on.
judged_pictures() {
  local number=0 file
  if [[ -z $judge_every ]]; then
    printf '%s\n' "$pictures/held-back"
    return
  fi
  for file in "$pictures"/held-back/*; do
    ((number++ % judge_every != 0)) || printf '%s\n' "$file"
  done
}

# Builds the plans of a model and judges them.
prepare() {
  local precision gate=0 started=$SECONDS
  local judged
  mapfile -t judged < <(judged_pictures)
  if [[ ! -s $scales ]]; then
    run calibrate --model "$yaml" --onnx "$onnx" --hold-back 0 --batch 8 \
      --algorithm "$algorithm" --output "$scales" --timing-cache "$timing" \
      "$pictures/calibration" >&2
    printf '%d' "$((SECONDS - started))" >"$work/$name-calibration-seconds"
  fi
  for precision in fp32 fp16 int8; do
    local more=()
    [[ $precision == int8 ]] && more=(--calibration-cache "$scales" --accept-accuracy-loss)
    plans[$precision]=$(build "$name-$precision" "$precision" "$cache" "${more[@]}")
    once "$work/$name-$precision-accuracy.json" evaluate accuracy --model "$yaml" --onnx "$onnx" --engine tensorrt \
      --plan "${plans[$precision]}" --calibration-cache "$scales" "${judged[@]}"
  done
  # The plan is there: this only judges it, and fails if it loses more than a point.
  if [[ ! -s $work/$name-gate ]]; then
    run engine build --model "$yaml" --onnx "$onnx" --precision int8 --engine-cache "$cache" \
      --optimization-level "$level" $( ((batch > 1)) && printf -- '--batch-min 1 --batch-max %d' "$batch") \
      --timing-cache "$timing" --calibration-cache "$scales" "${judged[@]/#/--accuracy-pictures=}" >&2 || gate=$?
    printf '%d' "$gate" >"$work/$name-gate"
  fi
  plans[again]=$(build "$name-rebuilt" int8 "$cache-again" --calibration-cache "$scales" --accept-accuracy-loss)
  once "$work/$name-rebuilt.json" evaluate accuracy --model "$yaml" --onnx "$onnx" --engine tensorrt \
    --plan "${plans[again]}" --reference-plan "${plans[int8]}" "${judged[@]}"
}

# Measures the plans of a model in turns and prints all that is known of them.
report() {
  local precision same=false
  for precision in fp32 fp16 int8; do
    once "$work/$name-$precision-bench.json" engine bench --plan "${plans[$precision]}" --batch "$batch" \
      --no-data-transfers --json -
  done
  printf '"%s": {\n"network": "%s", "batch": %d, "optimization_level": %d, "algorithm": "%s",\n"calibration_seconds": %d,\n' \
    "$name" "${onnx##*/}" "$batch" "$level" "$algorithm" "$(<"$work/$name-calibration-seconds")"
  printf '"calibration_tensors": %d,\n' "$(($(wc -l <"$scales") - 1))"
  for precision in fp32 fp16 int8; do
    printf '"%s": {"build": "%s",\n"engine": %s, "accuracy": %s},\n' "$precision" \
      "$(tail -n 1 "$work/$name-$precision-build.txt")" "$(<"$work/$name-$precision-bench.json")" \
      "$(<"$work/$name-$precision-accuracy.json")"
  done
  [[ -n $(scales_of "${plans[int8]}") && $(scales_of "${plans[int8]}") == "$(scales_of "${plans[again]}")" ]] && same=true
  printf '"gate_exit_code": %d,\n"rebuilt_from_cache_alone": {"build": "%s", "same_scales": %s, "against_first": %s}}' \
    "$(<"$work/$name-gate")" "$(tail -n 1 "$work/$name-rebuilt-build.txt")" "$same" "$(<"$work/$name-rebuilt.json")"
}

printf '{"benchmark": "int8", "calibration_pictures": %d, "held_back_pictures": %d,\n' \
  "$(find "$pictures/calibration" -type f | wc -l)" "$(find "$pictures/held-back" -type f | wc -l)"
separator=
for model in "${models[@]}"; do
  IFS== read -r name yaml onnx batch judge_every <<<"$model"
  [[ -n $batch ]] || fail "--model is NAME=model.yaml=network.onnx=BATCH[=K], not $model"
  printf '%s' "$separator"
  scales=$work/$name.cache cache=$work/$name-engines
  declare -A plans=()
  prepare
  report
  separator=$',\n'
done
printf '}\n'
