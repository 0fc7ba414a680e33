#!/usr/bin/env bash
# Measures what bytes are worth on this machine's card: speed and accuracy of plans with single precision,
# half precision and bytes, from one calibration, and whether a plan that is built again from the
# calibration cache alone gives the same results. Prints one JSON object.
#
#   deploy/benchmark/int8.sh --video FILE --model NAME=model.yaml=network.onnx=BATCH[=K] ... > result.json
#
# Every second picture of the video is taken (--every); the last fifth of them takes no part in the calibration.
# With K only every K-th of these is judged: class maps of large pictures take seconds on the CPU.
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
work=
every=2
models=()
while (($# > 0)); do
  case $1 in
    --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 0 ;;
    --video) video=${2:?}; shift 2 ;;
    --level) level=${2:?}; shift 2 ;;
    --every) every=${2:?}; shift 2 ;;
    --work) work=${2:?}; shift 2 ;; # keeps plans, caches and pictures, and uses pictures that are there
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

# Builds a plan and prints its path. $1 name, $2 precision, $3 engine cache, then more options.
build() {
  local name=$1 precision=$2 cache=$3
  shift 3
  local batches=()
  ((batch > 1)) && batches=(--batch-min 1 --batch-max "$batch")
  run engine build --model "$yaml" --onnx "$onnx" --precision "$precision" "${batches[@]}" --engine-cache "$cache" \
    --optimization-level "$level" --timing-cache "$timing" "$@" >"$work/$name-build.txt"
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

measure() {
  local name=$1 precision gate=0 first second
  local judged
  mapfile -t judged < <(judged_pictures)
  local cache=$work/$name-engines scales=$work/$name.cache start=$SECONDS
  run calibrate --model "$yaml" --onnx "$onnx" --hold-back 0 --batch 8 --output "$scales" --timing-cache "$timing" \
    "$pictures/calibration" >&2
  local calibrated=$((SECONDS - start))
  printf '"%s": {\n"network": "%s", "batch": %d, "optimization_level": %d, "calibration_seconds": %d,\n' \
    "$name" "${onnx##*/}" "$batch" "$level" "$calibrated"
  printf '"calibration_tensors": %d,\n' "$(($(wc -l <"$scales") - 1))"
  for precision in fp32 fp16 int8; do
    local more=()
    [[ $precision == int8 ]] && more=(--calibration-cache "$scales" --accept-accuracy-loss)
    first=$(build "$name-$precision" "$precision" "$cache" "${more[@]}")
    run engine bench --plan "$first" --batch "$batch" --no-data-transfers --json - >"$work/$name-$precision-bench.json"
    run evaluate accuracy --model "$yaml" --onnx "$onnx" --engine tensorrt --plan "$first" \
      --calibration-cache "$scales" "${judged[@]}" >"$work/$name-$precision-accuracy.json"
    printf '"%s": {"build": "%s",\n"engine": ' "$precision" "$(tail -n 1 "$work/$name-$precision-build.txt")"
    cat "$work/$name-$precision-bench.json"
    printf ', "accuracy": '
    cat "$work/$name-$precision-accuracy.json"
    printf '},\n'
  done
  # The plan is there: this only judges it, and fails if it loses more than a point.
  run engine build --model "$yaml" --onnx "$onnx" --precision int8 --engine-cache "$cache" --optimization-level "$level" \
    $( ((batch > 1)) && printf -- '--batch-min 1 --batch-max %d' "$batch") --timing-cache "$timing" \
    --calibration-cache "$scales" "${judged[@]/#/--accuracy-pictures=}" >&2 || gate=$?
  second=$(build "$name-rebuilt" int8 "$work/$name-engines-again" --calibration-cache "$scales" --accept-accuracy-loss)
  run evaluate accuracy --model "$yaml" --onnx "$onnx" --engine tensorrt --plan "$second" --reference-plan "$first" \
    "${judged[@]}" >"$work/$name-rebuilt.json"
  printf '"gate_exit_code": %d,\n"rebuilt_from_cache_alone": {"build": "%s", "same_scales": %s, "against_first": ' "$gate" \
    "$(tail -n 1 "$work/$name-rebuilt-build.txt")" \
    "$([[ -n $(scales_of "$first") && $(scales_of "$first") == "$(scales_of "$second")" ]] && printf true || printf false)"
  cat "$work/$name-rebuilt.json"
  printf '}}'
}

printf '{"benchmark": "int8", "calibration_pictures": %d, "held_back_pictures": %d,\n' \
  "$(find "$pictures/calibration" -type f | wc -l)" "$(find "$pictures/held-back" -type f | wc -l)"
separator=
for model in "${models[@]}"; do
  IFS== read -r name yaml onnx batch judge_every <<<"$model"
  [[ -n $batch ]] || fail "--model is NAME=model.yaml=network.onnx=BATCH[=K], not $model"
  printf '%s' "$separator"
  measure "$name"
  separator=$',\n'
done
printf '}\n'
