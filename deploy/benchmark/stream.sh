#!/usr/bin/env bash
# Measures the job from Kafka to Kafka on this machine and prints JSON; --help says what can be chosen.
# The size of the job's heap stands in FRAMEFLOW_BENCHMARK_HEAP (default 512m).
set -euo pipefail

home=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
work=$home/.frameflow
classpath=$work/benchmark.classpath
mkdir -p "$work"

printf 'building\n' >&2
# Every module writes the file; the last one is job, with all that it needs.
mvn -B -q -f "$home/pom.xml" -pl job -am -Dspotless.check.skip=true \
  test-compile dependency:build-classpath -Dmdep.includeScope=test "-Dmdep.outputFile=$classpath" </dev/null >&2

options=("-Xmx${FRAMEFLOW_BENCHMARK_HEAP:-512m}" -XX:+UseG1GC)
options+=(-Dorg.bytedeco.javacpp.maxbytes=0 -Dorg.bytedeco.javacpp.maxphysicalbytes=0)
options+=("-Dbenchmark.command=deploy/benchmark/stream.sh $*")
options+=("-Dbenchmark.commit=$(git -C "$home" describe --always --dirty --abbrev=12 2>/dev/null || true)")
for package in java.lang java.net java.nio java.time java.util java.util.concurrent java.util.concurrent.atomic; do
  options+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
export CUDA_DEVICE_MAX_CONNECTIONS=${CUDA_DEVICE_MAX_CONNECTIONS:-32}
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "${options[@]}" \
  -cp "$home/job/target/test-classes:$home/job/target/classes:$(<"$classpath")" \
  io.frameflow.benchmark.StreamBenchmark "$@"
