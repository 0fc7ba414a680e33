#!/usr/bin/env bash
# Measures everything that docs/benchmarks has of a card, one after the other so that nothing disturbs anything else,
# and writes one JSON file for each into a folder. Prints a line when a measurement begins and a table at the end.
#
#   deploy/benchmark/card.sh --model yolov5.yaml --onnx yolov5n.onnx --plan yolov5n-fp16.plan \
#     --picture 720p=720p.jpg --picture 1080p=1080p.jpg --output results [--film FOLDER] [--only NAME,...] [--work FOLDER]
#
# The film is 9 JPEG files of 1280 x 720 pixels, one after the other in time: with an odd number of them, no camera of a
# batch sees the same picture twice in a row.
#
# Measurements, which --only chooses among: pipeline (for each picture and the film, with and without noise reduction),
# denoise (its kernels alone, with the film among other scenes), shared-card (1, 2 and 4 pipelines), kafka-to-kafka, soak
# (2 million frames). The last three take the first picture. The broker of kafka-to-kafka keeps its log, some 20 GB, in a
# folder in --work: in memory, no disk delays who publishes.
# Without FRAMEFLOW_CLASSPATH, the test class path of module job, the project is built with Maven first.
set -euo pipefail

home=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)

fail() {
  printf 'card.sh: %s\n' "$*" >&2
  exit 2
}

model='' onnx='' plan='' output='' work=''
only=pipeline,denoise,shared-card,kafka-to-kafka,soak
declare -A pictures=()
film=()
first=
while (($# > 0)); do
  case $1 in
    --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 0 ;;
    --model) model=${2:?}; shift 2 ;;
    --onnx) onnx=${2:?}; shift 2 ;;
    --plan) plan=${2:?}; shift 2 ;;
    --film) film=("${2:?}"/*.jpg); [[ -f ${film[0]} ]] || fail "there is no *.jpg in $2"; shift 2 ;;
    --output) output=${2:?}; shift 2 ;;
    --only) only=${2:?}; shift 2 ;;
    --work) work=${2:?}; shift 2 ;;
    --picture) [[ $2 == *=* ]] || fail "--picture is NAME=FILE, not $2"
      pictures[${2%%=*}]=${2#*=} first=${first:-${2%%=*}}; shift 2 ;;
    *) fail "what is $1? see --help" ;;
  esac
done
[[ -n $model && -n $onnx && -n $plan && -n $output && -n $first ]] || fail "something is missing; see --help"
mkdir -p "$output"

if [[ -z ${FRAMEFLOW_CLASSPATH:-} ]]; then
  mkdir -p "$home/.frameflow"
  mvn -B -q -f "$home/pom.xml" -pl job -am -Dspotless.check.skip=true test-compile dependency:build-classpath \
    -Dmdep.includeScope=test "-Dmdep.outputFile=$home/.frameflow/benchmark.classpath" </dev/null >&2
  FRAMEFLOW_CLASSPATH=$home/job/target/test-classes:$home/job/target/classes
  FRAMEFLOW_CLASSPATH+=:$home/native/target/test-classes:$(<"$home/.frameflow/benchmark.classpath")
fi
export CUDA_DEVICE_MAX_CONNECTIONS=${CUDA_DEVICE_MAX_CONNECTIONS:-32}

# Runs a class of the project; what it logs goes to a file.
java_of() {
  local name=$1 heap=$2 package
  shift 2
  local options=("-Xmx$heap" -Dorg.bytedeco.javacpp.maxbytes=0 -Dorg.bytedeco.javacpp.maxphysicalbytes=0)
  for package in java.lang java.net java.nio java.time java.util java.util.concurrent java.util.concurrent.atomic; do
    options+=("--add-opens=java.base/$package=ALL-UNNAMED")
  done
  printf '%5d s  %s\n' "$SECONDS" "$name" >&2
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" "${options[@]}" -cp "$FRAMEFLOW_CLASSPATH" "$@" 2>"$output/$name.log" \
    || printf '         failed with exit code %d, see %s\n' $? "$output/$name.log" >&2
}

# Measures the pipeline with the files that follow a name.
pipeline() {
  local name=pipeline-$1
  shift
  java_of "$name" 4g io.frameflow.cli.Frameflow bench --model "$model" --onnx "$onnx" --engine tensorrt --plan "$plan" \
    --batch 32 --duration 3 --warm-up 1 --denoise 0.5 --json - "$@" >"$output/$name.json"
}

measure_pipeline() {
  local name
  for name in "${!pictures[@]}"; do
    pipeline "$name" "${pictures[$name]}"
  done
  ((${#film[@]} == 0)) || pipeline film "${film[@]}"
}

measure_denoise() {
  java_of denoise 2g io.frameflow.denoise.gpu.GpuDenoiseBenchmark 1280 720 32 "${film[@]}" \
    >"$output/denoise.json"
}

measure_shared_card() {
  local pipelines
  for pipelines in 1 2 4; do
    java_of "shared-card-$pipelines" 4g io.frameflow.pipeline.gpu.SharedCardBenchmark "$model" "$onnx" "$plan" \
      "${pictures[$first]}" "$pipelines" 32 3
  done >"$output/shared-card.json"
}

measure_kafka_to_kafka() {
  java_of kafka-to-kafka 12g io.frameflow.benchmark.StreamBenchmark --frames 100000 --pictures "${pictures[$first]}" \
    --cameras 16 --partitions 16 --parallelism 4 --publishers 4 --repetitions 1 --live 0.5,0.9 --live-seconds 20 \
    --guarantees at-least-once --option "model.file=$model" --option "model.onnx=$onnx" --option model.engine=tensorrt \
    --option "model.plan=$plan" --option "checkpoints.interval=10 s" --output "$output/kafka-to-kafka.json" \
    ${work:+--work "$work"} >/dev/null
}

measure_soak() {
  java_of soak 4g io.frameflow.pipeline.gpu.PipelineSoak "$model" "$onnx" "$plan" 2000000 "${pictures[$first]}" \
    >"$output/soak.json"
}

for measurement in ${only//,/ }; do
  declare -F "measure_${measurement//-/_}" >/dev/null || fail "there is no measurement $measurement; see --help"
done
for measurement in ${only//,/ }; do
  "measure_${measurement//-/_}"
done
grep -HE '"(frames_per_second|engine_images_per_second|decoder_pictures_per_second|part_of_[a-z_]+|p99)"' \
  "$output"/*.json | sed "s|^$output/||" || true
