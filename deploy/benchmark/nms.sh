#!/usr/bin/env bash
# Compares three ways to boxes on this machine's card: this project's kernels behind the network as it is exported
# ("kernels"), decoding and suppression within the engine ("appended", 'engine build --append-nms'), and the kernels
# behind the network without its head ("cut", 'model cut-head', where the network is of a kind that can be cut).
# Of each, the speed of the whole pipeline and of the engine alone, and how far its results agree with those of the
# network in single precision on the processor. Prints one JSON object.
#
#   deploy/benchmark/nms.sh model.yaml network.onnx PICTURE... > result.json
#
# FRAMEFLOW names the command where it is not ./frameflow, and may hold arguments; LEVEL is the optimisation level
# (0), BATCH the frames a batch (32), PRECISION fp16 or fp32, and WORK a folder that keeps the plans.
set -euo pipefail

home=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
read -r -a frameflow <<<"${FRAMEFLOW:-$home/frameflow}"
if (($# < 3)); then
  sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
yaml=$1
onnx=$2
shift 2
pictures=("$@")
work=${WORK:-}
if [[ -z $work ]]; then
  work=$(mktemp -d)
  trap 'rm -rf -- "$work"' EXIT
fi
mkdir -p "$work"
batch=${BATCH:-32}
precision=${PRECISION:-fp16}

run() {
  printf '%4ds %s\n' "$SECONDS" "$*" >&2
  "${frameflow[@]}" "$@"
}

# $1 name, $2 model file, $3 network, then options of the build.
measure() {
  local kind=$1 model=$2 network=$3 plan=$work/$1-$precision.plan
  shift 3
  local engine=(--engine tensorrt --precision "$precision" --plan "$plan")
  if [[ ! -f $plan ]]; then
    run engine build --keep-head --model "$model" --onnx "$network" --precision "$precision" --batch-min 1 --batch-max "$batch" \
      --optimization-level "${LEVEL:-0}" --timing-cache "$work/kernels.timing" --output "$plan" "$@" >&2
  fi
  printf ',\n"%s": ' "$kind"
  run bench --model "$model" --onnx "$network" "${engine[@]}" --batch "$batch" --duration 3 --warm-up 1 --json - \
    "${pictures[@]}"
  printf ',\n"%s_agreement": ' "$kind"
  run evaluate agreement --model "$model" --onnx "$network" "${engine[@]}" --other-model "$yaml" --other-onnx "$onnx" \
    --other-engine onnxruntime "${pictures[@]}"
}

printf '{"benchmark": "nms", "network": "%s", "precision": "%s"' "${onnx##*/}" "$precision"
measure kernels "$yaml" "$onnx"
measure appended "$yaml" "$onnx" --append-nms
if [[ -f $work/cut.onnx ]] || run model cut-head --model "$yaml" --onnx "$onnx" --output "$work/cut.onnx" >&2; then
  measure cut "$work/cut.yaml" "$work/cut.onnx"
fi
printf '}\n'
