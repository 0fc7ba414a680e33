#!/usr/bin/env bash
# Runs Frameflow as it is run in production, on this machine: a Kafka broker, a JobManager and two
# TaskManagers as processes of their own, from Maven artifacts, on loopback. Submits the job jar,
# publishes video, stops the job with a savepoint and resumes it, kills a TaskManager, and checks
# that every frame came out exactly once, with the tracks of a run that nothing disturbed.
# Ends everything that it started and leaves nothing behind; the logs only where it failed.
set -uo pipefail

usage() {
  cat <<'TEXT'
Usage: deploy/flink/cluster-test.sh [--no-build] [--smoke required|skip]

  --no-build        use what the last build left in the target folders
  --smoke required  fail where there is no Node.js, instead of leaving out the client that is not ours
  --smoke skip      leave out the client that is not ours

Environment, for another model or video than the demo's:
  FRAMEFLOW_TEST_MODEL   model file
  FRAMEFLOW_TEST_ONNX    ONNX file, where the model file names none
  FRAMEFLOW_TEST_VIDEO   video, or a folder of pictures
  FRAMEFLOW_TEST_RESIZE  size to publish in, such as 640x360

Exit code 0 if all checks passed, 1 if one failed, 2 for wrong usage.
TEXT
}

BUILD=yes
SMOKE=auto
while (($# > 0)); do
  case $1 in
    --no-build) BUILD=no ;;
    --smoke)
      shift
      [[ ${1:-} == required || ${1:-} == skip ]] || { usage >&2; exit 2; }
      SMOKE=$1
      ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

REPOSITORY=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
readonly REPOSITORY
readonly DEPLOY=$REPOSITORY/deploy
readonly MODEL=${FRAMEFLOW_TEST_MODEL:-$DEPLOY/demo/model.yaml}
readonly ONNX=${FRAMEFLOW_TEST_ONNX:-}
readonly VIDEO=${FRAMEFLOW_TEST_VIDEO:-$DEPLOY/demo/clips/avenue.mp4}
readonly RESIZE=${FRAMEFLOW_TEST_RESIZE:-}

# Two streams of 7.5 s. The first is cut by a savepoint, the second by a kill: because they come at
# the speed of cameras, there are always frames under way, however fast the machine is.
readonly CAMERAS=4
readonly FRAMES=90
readonly RATE=12
readonly DAMAGED=10
readonly FIRST=$((CAMERAS * FRAMES + DAMAGED))
readonly ALL=$((FIRST + CAMERAS * FRAMES))
# What counts as under way: so many results were committed, and not yet all.
readonly UNDER_WAY=$((CAMERAS * FRAMES / 8))

WORK=$(mktemp -d "${TMPDIR:-/tmp}/frameflow-cluster.XXXXXX") || exit 1
readonly WORK
mkdir -p "$WORK/logs" "$WORK/tmp"
# shellcheck disable=SC2034 # Read by the functions.
readonly FLINK_CONF=$WORK/conf
# shellcheck source-path=SCRIPTDIR source=lib/local-cluster.sh
source "$DEPLOY/flink/lib/local-cluster.sh"

PASSED=no
finish() {
  trap - EXIT
  stop_all
  if [[ $PASSED == yes ]]; then
    rm -rf "$WORK"
    exit 0
  fi
  printf 'FAIL  after %d s; logs: %s\n' "$SECONDS" "$WORK/logs"
  exit 1
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

# step TEXT COMMAND...: runs a command and prints a line about it; ends the test if it fails. What
# the command prints to file descriptor 3 is put behind the text.
step() {
  local text=$1 begin=$SECONDS note
  shift
  [[ ! -t 1 ]] || printf '      %s ...\r' "$text"
  if "$@" 3>"$WORK/note" >>"$WORK/logs/steps.log" 2>&1; then
    note=$(cat "$WORK/note")
    printf 'PASS  %s%s (%d s)    \n' "$text" "${note:+: $note}" $((SECONDS - begin))
  else
    printf 'FAIL  %s (%d s)    \n' "$text" $((SECONDS - begin))
    tail -n 15 "$WORK/logs/steps.log" | sed 's/^/      /'
    exit 1
  fi
}

check() {
  java -Xmx256m -XX:+UseSerialGC -Dlog4j2.configurationFile="$DEPLOY/flink/conf/log4j-console.properties" \
    -Dlog.level=ERROR -cp "$DEPLOY/check/target/classes:$(<"$DEPLOY/check/target/classpath")" \
    io.frameflow.deployment.DeploymentCheck "$@"
}

frameflow() {
  (exec env FRAMEFLOW_JAVA_OPTS="-Xmx384m -Djava.io.tmpdir=$WORK/tmp" "$DISTRIBUTION/frameflow" "$@")
}

build() {
  (cd "$REPOSITORY" && mvn -B -q -DskipTests -am \
    -pl deploy,deploy/check,deploy/flink/broker,deploy/flink/cluster package)
}

# The files that all further steps rest on.
find_parts() {
  local file
  for file in "$MODEL" "$VIDEO" ${ONNX:+"$ONNX"} "$DEPLOY"/target/frameflow-*/lib \
    "$DEPLOY"/{check,flink/broker,flink/cluster}/target/classpath; do
    [[ -e $file ]] || { echo "missing: $file"; return 1; }
  done
  DISTRIBUTION=$(echo "$DEPLOY"/target/frameflow-*/)
  DISTRIBUTION=${DISTRIBUTION%/}
  JOB_JAR=$(echo "$DISTRIBUTION"/job/*.jar)
  [[ -f $JOB_JAR ]] || { echo "not one job jar in $DISTRIBUTION/job"; return 1; }
  # shellcheck disable=SC2034 # Read by the functions of local-cluster.sh, as is the next one.
  BROKER_CLASSPATH=$(<"$DEPLOY/flink/broker/target/classpath")
  # shellcheck disable=SC2034
  FLINK_CLASSPATH=$(printf '%s:' "$DISTRIBUTION"/lib/*.jar)$(<"$DEPLOY/flink/cluster/target/classpath")
}

job_jar_has_no_native_library() {
  ! jar --list --file "$JOB_JAR" | grep -E '\.(so|dll|dylib|jnilib)(\.[0-9.]+)?$|ai/onnxruntime/|org/bytedeco/'
}

configure() {
  local ports
  mapfile -t ports < <(check ports 4)
  ((${#ports[@]} == 4)) || return 1
  BROKER_PORT=${ports[0]}
  CONTROLLER_PORT=${ports[1]}
  KAFKA=127.0.0.1:$BROKER_PORT
  configure_flink "$DEPLOY/flink/conf" \
    jobmanager.rpc.address=127.0.0.1 jobmanager.bind-host=127.0.0.1 \
    taskmanager.host=127.0.0.1 taskmanager.bind-host=127.0.0.1 \
    rest.address=127.0.0.1 rest.bind-address=127.0.0.1 \
    "jobmanager.rpc.port=${ports[2]}" "rest.port=${ports[3]}" \
    jobmanager.memory.process.size=1g \
    taskmanager.memory.process.size=1408m taskmanager.memory.task.off-heap.size=64m \
    "execution.checkpointing.dir=file://$WORK/checkpoints" \
    "execution.checkpointing.savepoint-dir=file://$WORK/savepoints" \
    "io.tmp.dirs=$WORK/tmp" \
    heartbeat.interval=1s # So that a dead TaskManager is missed at once.
}

start_cluster() {
  start_jobmanager
  start_taskmanager taskmanager-1
  start_taskmanager taskmanager-2
  VICTIM=$STARTED
  await 180 taskmanagers_registered 2
}

# submit RUN [ARGUMENT...]: submits the job, to write to the topics of a run; leaves its id in JOB.
# Arguments before "--" are for Flink's command line, those behind it for the job.
submit() {
  local run=$1 flink_arguments=()
  shift
  while [[ ${1:---} != -- ]]; do
    flink_arguments+=("$1")
    shift
  done
  shift || true
  local job_arguments=(
    --model.file "$MODEL"
    --kafka.bootstrap-servers "$KAFKA"
    --kafka.topics.frames "${FRAMES_TOPIC:-frames}"
    --kafka.topics.detections "detections-$run"
    --kafka.topics.dead-letters "dead-letters-$run"
    --kafka.topics.events "events-$run"
    --kafka.source.group-id "$run"
    --kafka.sink.delivery-guarantee exactly-once
    --kafka.sink.transactional-id-prefix "$run"
    --checkpoints.interval 500ms
    --inference.batch-size 8
  )
  [[ -z $ONNX ]] || job_arguments+=(--model.onnx "$ONNX")
  flink run --detached --parallelism 2 "${flink_arguments[@]}" "$JOB_JAR" "${job_arguments[@]}" "$@" \
    >"$WORK/submit" 2>&1
  cat "$WORK/submit"
  JOB=$(sed -n 's/.*Job has been submitted with JobID \([0-9a-f]*\).*/\1/p' "$WORK/submit")
  [[ -n $JOB ]] && await 120 job_in_state "$JOB" RUNNING
}

publish_in_background() {
  start "$1" frameflow publish "$VIDEO" --bootstrap-servers "$KAFKA" --cameras "$CAMERAS" \
    --rate "$RATE" --loop --max "$FRAMES" ${RESIZE:+--resize "$RESIZE"}
  PUBLISHER=$STARTED
}

publisher_succeeded() {
  wait "$PUBLISHER"
}

# results COUNT SECONDS: waits for so many committed results of the disturbed run.
results() {
  COUNT=$(check await --bootstrap-servers "$KAFKA" --run disturbed --at-least "$1" --timeout-seconds "$2")
}

# results_under_way FROM TO: waits until results between the two are committed: a stream is under way.
results_under_way() {
  results $(($1 + UNDER_WAY)) 120 || return 1
  echo "$COUNT of $2 committed" >&3
  ((COUNT < $2))
}

all_results() {
  results "$1" 180 && echo "$COUNT" >&3
}

stop_with_savepoint() {
  flink stop --savepointPath "file://$WORK/savepoints" "$JOB" >"$WORK/stop" 2>&1
  cat "$WORK/stop"
  SAVEPOINT=$(sed -n 's/.*Savepoint completed. Path: //p' "$WORK/stop")
  [[ -n $SAVEPOINT ]] && await 60 job_in_state "$JOB" FINISHED
}

kill_taskmanager() {
  kill -KILL "$VICTIM"
  { wait "$VICTIM"; } 2>/dev/null
  # What Kubernetes or systemd would do.
  start_taskmanager taskmanager-3
}

# The JobManager collects metrics every ten seconds, once somebody asks.
job_was_restarted() {
  await 60 job_has_restarts "$JOB" && echo "$RESTARTS restarts" >&3
}

cancel() {
  flink cancel "$JOB" && await 60 job_in_state "$JOB" CANCELED
}

verify() {
  local verdict=0
  check verify --bootstrap-servers "$KAFKA" "$@" >"$WORK/verify" || verdict=1
  cat "$WORK/verify"
  tail -n 1 "$WORK/verify" >&3
  return "$verdict"
}

consume_prints_every_frame() {
  local lines
  lines=$(frameflow consume --bootstrap-servers "$KAFKA" --topic detections-disturbed --format json \
    --from-beginning --until-end | grep -c '"track_id"')
  echo "$lines frames with tracks" >&3
  ((lines > 0))
}

node_is_there() {
  command -v node >/dev/null && command -v npm >/dev/null
}

install_client() {
  mkdir "$WORK/smoke" && cp "$DEPLOY"/smoke/*.mjs "$DEPLOY"/smoke/package*.json "$WORK/smoke" \
    && npm ci --prefix "$WORK/smoke" --no-audit --no-fund
}

client_gets_its_results() {
  node "$WORK/smoke/smoke.mjs" --bootstrap-servers "$KAFKA" --frames-topic smoke-frames \
    --detections-topic detections-smoke --dead-letters-topic dead-letters-smoke \
    --schemas "$REPOSITORY/schemas/src/main/avro" \
    --images "$REPOSITORY/native/src/test/resources/io/frameflow/decode" >"$WORK/smoke.out" || return 1
  cat "$WORK/smoke.out"
  tail -n 1 "$WORK/smoke.out" >&3
}

[[ $BUILD == no ]] || step "build" build
step "find what was built, the model and the video" find_parts
step "the job jar holds no native library" job_jar_has_no_native_library
step "choose ports, configure" configure
step "start a broker" start_broker "$BROKER_PORT" "$CONTROLLER_PORT" "$DEPLOY/flink/broker/server.properties"
step "start a JobManager and two TaskManagers" start_cluster
step "create topics" check create-topics --bootstrap-servers "$KAFKA" --run disturbed --run undisturbed

step "submit the job" submit disturbed
step "publish $DAMAGED damaged messages" check publish-damaged --bootstrap-servers "$KAFKA" --count "$DAMAGED"
publish_in_background publish-1
step "first stream is under way" results_under_way 0 "$FIRST"
step "stop with a savepoint" stop_with_savepoint
step "resume from the savepoint" submit disturbed --fromSavepoint "$SAVEPOINT"
step "all frames of $CAMERAS cameras were published" publisher_succeeded
step "all results are committed" all_results "$FIRST"

publish_in_background publish-2
step "second stream is under way" results_under_way "$FIRST" "$ALL"
step "kill -9 a TaskManager, start another" kill_taskmanager
step "all frames of $CAMERAS cameras were published" publisher_succeeded
step "all results are committed" all_results "$ALL"
step "the job was restarted" job_was_restarted
step "every message exactly once" verify --run disturbed
step "consume prints results" consume_prints_every_frame
step "cancel the job" cancel

step "submit again, to the same cluster" submit undisturbed -- --kafka.source.bounded true
step "the job ends by itself at the end of the topic" await 180 job_in_state "$JOB" FINISHED
step "every message exactly once" verify --run undisturbed
step "same detections, same track ids, same events in both" verify --run disturbed --like undisturbed

if [[ $SMOKE == skip ]] || { [[ $SMOKE == auto ]] && ! node_is_there; }; then
  echo "SKIP  a client that is not ours: $([[ $SMOKE == skip ]] && echo "not wanted" || echo "no Node.js here")"
else
  step "install a client that is not ours" install_client
  step "create its topics" check create-topics --bootstrap-servers "$KAFKA" --frames-topic smoke-frames --run smoke
  FRAMES_TOPIC=smoke-frames step "submit a third time" submit smoke
  step "the client publishes frames and reads their results" client_gets_its_results
  step "cancel the job" cancel
fi

PASSED=yes
printf 'PASS  in %d s\n' "$SECONDS"
