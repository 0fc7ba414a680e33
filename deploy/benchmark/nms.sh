#!/usr/bin/env bash
# Compares suppression of overlapping boxes within the engine ('engine build --append-nms') with this project's
# kernels behind it, on this machine's card: speed of the whole pipeline and of the engine alone, and how far the
# results agree. Prints one JSON object.
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

printf '{"benchmark": "nms", "network": "%s", "precision": "%s",\n' "${onnx##*/}" "$precision"
for kind in kernels appended; do
  more=()
  [[ $kind == appended ]] && more=(--append-nms)
  plan=$work/$kind-$precision.plan
  if [[ ! -f $plan ]]; then
    run engine build --model "$yaml" --onnx "$onnx" --precision "$precision" --batch-min 1 --batch-max "$batch" \
      --optimization-level "${LEVEL:-0}" --timing-cache "$work/kernels.timing" --output "$plan" "${more[@]}" >&2
  fi
  printf '"%s": ' "$kind"
  run bench --model "$yaml" --onnx "$onnx" --engine tensorrt --precision "$precision" --plan "$plan" --batch "$batch" \
    --duration 3 --warm-up 1 --json - "$@"
  printf ',\n'
done
printf '"agreement": '
run evaluate agreement --model "$yaml" --onnx "$onnx" --engine tensorrt --precision "$precision" \
  --plan "$work/kernels-$precision.plan" --other-engine tensorrt --other-plan "$work/appended-$precision.plan" "$@"
printf '}\n'
