# shellcheck shell=bash
# Functions that run a Kafka broker and a Flink session cluster as separate processes on loopback,
# from Maven artifacts. To be sourced by bash.
#
# The caller sets:
#   WORK              a directory for configuration, state and logs
#   BROKER_CLASSPATH  class path of kafka.Kafka
#   FLINK_CLASSPATH   class path of Flink, the libraries for its lib folder included
#   FLINK_CONF        directory with config.yaml and log4j-console.properties
# and calls stop_all, from a trap, at the end.

PROCESSES=()  # Process ids of everything that was started and may still run.

# start NAME COMMAND...: starts a process in the background; its output goes to WORK/logs/NAME.log.
# Leaves its id in STARTED.
start() {
  local name=$1
  shift
  "$@" >"$WORK/logs/$name.log" 2>&1 &
  STARTED=$!
  PROCESSES+=("$STARTED")
}

# stop_all: ends everything that was started, the latest first; kills what does not end in 10 s.
stop_all() {
  local index process
  for ((index = ${#PROCESSES[@]} - 1; index >= 0; index--)); do
    kill -TERM "${PROCESSES[index]}" 2>/dev/null
  done
  for process in "${PROCESSES[@]}"; do
    await 10 not_running "$process" || kill -KILL "$process" 2>/dev/null
    wait "$process" 2>/dev/null
  done
  PROCESSES=()
}

not_running() {
  ! kill -0 "$1" 2>/dev/null
}

# await SECONDS COMMAND...: tries a command until it succeeds; 1 if the time is over.
await() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
}

# listening PORT: whether somebody listens on a port of the loopback interface.
listening() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# start_broker PORT CONTROLLER_PORT PROPERTIES: formats a new log directory and starts a broker.
start_broker() {
  local port=$1 controller_port=$2 properties=$3
  local own="$WORK/broker.properties"
  {
    cat "$properties"
    echo "listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$controller_port"
    echo "advertised.listeners=PLAINTEXT://127.0.0.1:$port"
    echo "controller.quorum.bootstrap.servers=127.0.0.1:$controller_port"
    echo "log.dirs=$WORK/kafka"
  } >"$own"
  local java=(java -Xms256m -Xmx256m -XX:+UseSerialGC -Djava.io.tmpdir="$WORK/tmp"
    -Dlog4j2.configurationFile="$FLINK_CONF/log4j-console.properties" -cp "$BROKER_CLASSPATH")
  "${java[@]}" kafka.tools.StorageTool format --standalone -t frameflowAAAAAAAAAAAAA -c "$own" \
    >"$WORK/logs/broker-format.log" 2>&1 || return 1
  start broker "${java[@]}" kafka.Kafka "$own"
  await 60 listening "$port"
}

# configure_flink SOURCE KEY=VALUE...: writes FLINK_CONF from a configuration of Flink and changes to
# it, and reads from it the options of each JVM, as Flink's own scripts do.
configure_flink() {
  local source=$1
  shift
  mkdir -p "$FLINK_CONF"
  cp "$source"/log4j-console.properties "$FLINK_CONF"
  bash_java_utils UPDATE_AND_GET_FLINK_CONFIGURATION "$source" -flatten "${@/#/-D}" \
    >"$FLINK_CONF/config.yaml" || return 1
  read -ra ALL_OPTIONS <<<"$(flink_setting env.java.opts.all)"
  read -ra TASKMANAGER_OPTIONS <<<"$(flink_setting env.java.opts.taskmanager)"
  local parameters
  parameters=$(bash_java_utils GET_JM_RESOURCE_PARAMS "$FLINK_CONF") || return 1
  { read -ra JOBMANAGER_MEMORY && read -ra JOBMANAGER_DYNAMIC; } <<<"$parameters"
  parameters=$(bash_java_utils GET_TM_RESOURCE_PARAMS "$FLINK_CONF") || return 1
  { read -ra TASKMANAGER_MEMORY && read -ra TASKMANAGER_DYNAMIC; } <<<"$parameters"
}

# bash_java_utils COMMAND CONFIG_DIRECTORY ARGUMENT...: what Flink's scripts ask Flink for.
bash_java_utils() {
  java -Xmx64m -XX:+UseSerialGC -cp "$FLINK_CLASSPATH" \
    org.apache.flink.runtime.util.bash.BashJavaUtils "$1" --configDir "$2" "${@:3}" \
    2>"$WORK/logs/bash-java-utils.log" | sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p'
  return "${PIPESTATUS[0]}"
}

# flink_setting KEY: the value of a setting in FLINK_CONF.
flink_setting() {
  sed -n "s/^${1//./\\.}: //p" "$FLINK_CONF/config.yaml" | sed "s/^[\"']//; s/[\"']\$//"
}

# flink_java ARGUMENT...: a JVM of Flink, in the place of this process.
flink_java() {
  exec java "${ALL_OPTIONS[@]}" -Djava.io.tmpdir="$WORK/tmp" \
    -Dlog4j2.configurationFile="$FLINK_CONF/log4j-console.properties" -cp "$FLINK_CLASSPATH" "$@"
}

start_jobmanager() {
  start jobmanager flink_java "${JOBMANAGER_MEMORY[@]}" \
    org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint \
    --configDir "$FLINK_CONF" "${JOBMANAGER_DYNAMIC[@]}"
}

# start_taskmanager NAME
start_taskmanager() {
  start "$1" flink_java "${TASKMANAGER_MEMORY[@]}" "${TASKMANAGER_OPTIONS[@]}" \
    org.apache.flink.runtime.taskexecutor.TaskManagerRunner \
    --configDir "$FLINK_CONF" "${TASKMANAGER_DYNAMIC[@]}"
}

# flink ARGUMENT...: Flink's command line.
flink() {
  (export FLINK_CONF_DIR="$FLINK_CONF" &&
    flink_java -Dlog.level=ERROR -Xmx256m -XX:+UseSerialGC org.apache.flink.client.cli.CliFrontend "$@")
}

# flink_rest PATH: asks the JobManager over REST; JSON on standard output.
flink_rest() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$(flink_setting rest.port)" || exit 1
    printf 'GET %s HTTP/1.0\r\n\r\n' "$1" >&3
    sed '1,/^\r*$/d' <&3
  ) 2>/dev/null
}

# taskmanagers_registered COUNT
taskmanagers_registered() {
  [[ $(flink_rest /overview) == *"\"taskmanagers\":$1,"* ]]
}

# job_in_state JOB STATE: one of Flink's job states, such as RUNNING.
job_in_state() {
  [[ $(flink_rest "/jobs/$1/status") == *"\"status\":\"$2\""* ]]
}

# job_has_restarts JOB: whether a job was restarted; leaves in RESTARTS how many times.
job_has_restarts() {
  RESTARTS=$(flink_rest "/jobs/$1/metrics?get=numRestarts" | sed -n 's/.*"value":"\([0-9]*\)".*/\1/p')
  ((${RESTARTS:-0} > 0))
}
