#!/usr/bin/env bash
# Measures on this machine's card what the pipeline takes for a picture over what the engine alone takes, with a
# face detector: preprocessing, inference, suppression, and the result in host memory. In "alone" and "batches" pictures
# are JPEG files: see decoded_picture_alone_over_engine, which is what a picture takes without its decoding, and the
# kernels' part of inference. In "pixels" they are handed over as pixels, which are copied to the card first: see
# picture_alone_over_engine. Prints one JSON object.
#
#   deploy/benchmark/faces.sh model.yaml network.onnx PICTURE... > result.json
#
# FRAMEFLOW names the command where it is not ./frameflow, and may hold arguments; LEVEL is the optimisation level
# (0), PRECISION fp16 or fp32, DURATION the seconds of each measurement (3), and WORK a folder that keeps the plans.
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
precision=${PRECISION:-fp16}

run() {
  printf '%4ds %s\n' "$SECONDS" "$*" >&2
  "${frameflow[@]}" "$@"
}

# $1 frames a batch, then options of the measurement and pictures. A plan of its own, tuned for batches of that size.
measure() {
  local plan=$work/b$1-$precision.plan batch=$1
  shift
  if [[ ! -f $plan ]]; then
    run engine build --model "$yaml" --onnx "$onnx" --precision "$precision" --batch-min 1 --batch-max "$batch" \
      --optimization-level "${LEVEL:-0}" --timing-cache "$work/kernels.timing" --output "$plan" >&2
  fi
  run bench --model "$yaml" --onnx "$onnx" --engine tensorrt --precision "$precision" --plan "$plan" --batch "$batch" \
    --duration "${DURATION:-3}" --warm-up 1 --json - "$@"
}

printf '{"benchmark": "faces", "network": "%s", "precision": "%s",\n"alone": ' "${onnx##*/}" "$precision"
measure 1 "$@"
printf ',\n"pixels": '
measure 1 --raw-pixels "$@"
printf ',\n"batches": '
measure 32 "$@"
printf '}\n'
