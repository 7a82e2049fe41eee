#!/usr/bin/env bash
# Run one command for the panel, and outlive it.
#
#   guard.sh STEP_FOLDER LOG_LIMIT_BYTES TIME_LIMIT_MILLIS COMMAND...
#
# Started as leader of a session of its own, by `bash -c`: there is no file that an upgrade could change under a guard that runs.
# In STEP_FOLDER it keeps who it is (pid), what the command says (log, both streams, up to the limit) and, last, how it ended (exit:
# CODE HOW); StepFolder.java reads them. When the command has ended, whatever it left running in the guard's group is killed first.
# Exit: 0 the step has run, 3 another guard has this step.
set -uo pipefail

readonly kill_seconds=10 drain_seconds=2

main() {
  local step=$1 log_limit=$2 limit=$3 code how reader
  shift 3
  claim "$step" || exit 3
  exec {log}> >(bounded "$log_limit" > "$step/log")
  reader=$!
  run "$limit" "$@"
  exec {log}>&-
  kill_the_rest "$reader"
  # A daemon in a session of its own may still hold the output.
  timeout "$drain_seconds" tail --follow --sleep-interval=0.02 --pid="$reader" /dev/null
  kill_the_rest nobody
  leave "$step" "$code $how"
}

# The name comes into being once, whole, so only one guard ever runs a step.
claim() {
  local fields boot code
  stat_of $$
  read -r boot < /proc/sys/kernel/random/boot_id
  echo "$$ ${fields[19]} $boot" > "$1/pid.$$"
  ln "$1/pid.$$" "$1/pid" 2> /dev/null
  code=$?
  rm "$1/pid.$$" &
  return "$code"
}

# Sets fields: those after the name, which stands in parentheses and may itself hold any character (proc(5)).
stat_of() {
  local lines stat
  mapfile -t lines 2> /dev/null < "/proc/$1/stat" || return
  stat="${lines[*]}"
  read -r -a fields <<< "${stat##*) }"
}

# Sets code and how. It is asked to end when its time is over, as the command may stand for something elsewhere that it has to end.
# No subshell and no program more than it takes: who submitted the command waits for this.
run() {
  local limit=$1 seconds began now
  shift
  how=EXITED
  if ! type -P -- "$1" > /dev/null; then
    say "cannot start: $1: no such program"
    code=127 how=NOT_STARTED
    return
  fi
  printf -v seconds '%d.%03d' $((limit / 1000)) $((limit % 1000))
  look_at_the_clock && began=$now
  # What bash adds to the environment is not for the command.
  timeout --foreground --kill-after="$kill_seconds" "$seconds" env --unset=PWD --unset=SHLVL --unset=_ "$@" < /dev/null >&"$log" 2>&1 {log}>&-
  code=$?
  look_at_the_clock
  [[ $code == 0 ]] || ((now - began < limit)) || { how=TIME_LIMIT; say "killed, timeLimitMillis=$limit"; }
}

# Sets now: ms since the machine started, in steps of ten.
look_at_the_clock() {
  read -r now _ < /proc/uptime
  now=${now/./}0
}

say() {
  echo "[livemr: $1]" >&"$log"
}

# Takes what comes until a limit, then reads on and drops, so that nobody waits for a reader.
bounded() {
  stdbuf --output=0 head --bytes="$1"
  [[ -z $(head --bytes=1 | tr '\0' '0') ]] || printf '\n[livemr: the log ends here, limitBytes=%s]\n' "$1"
  cat > /dev/null
}

# All of the group, and what they start meanwhile, but this guard and who is named with its children.
kill_the_rest() {
  local now until
  look_at_the_clock
  until=$((now + kill_seconds * 1000))
  while kill_once "$1" && ((now < until)); do
    sleep 0.02
    look_at_the_clock
  done
}

# Whether there was somebody to kill.
kill_once() {
  local pid fields found=1
  for pid in /proc/[0-9]*; do
    pid=${pid#/proc/}
    stat_of "$pid" || continue
    [[ ${fields[2]} == "$$" && ${fields[0]} != Z && $pid != "$$" && $pid != "$1" && ${fields[1]} != "$1" ]] || continue
    kill -KILL "$pid" 2> /dev/null
    found=0
  done
  return "$found"
}

# Whole or not at all: where it cannot be written the step is lost, not ended.
leave() {
  echo "$2" > "$1/exit.new" && sync "$1/exit.new" && mv "$1/exit.new" "$1/exit"
}

main "$@"
