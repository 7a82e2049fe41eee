#!/usr/bin/env bash
# Run the checks and every test, and say what passed, what failed and what this machine cannot run.
#
#   scripts/run-tests.sh            checks, unit tests, tests with real peers, whole-system tests
#   scripts/run-tests.sh --quick    checks and unit tests
#
# Reports: each module's target/surefire-reports and target/failsafe-reports, and target/check/*.log. A random test
# prints its seed; SEED=N repeats it. A skipped test is named with its reason and never counted as passed. The last
# line is "N passed, N failed, N skipped". Nothing is left running. TEST_LIMIT (default 85m) ends a run that hangs.
# Exit: 0 all that ran passed, 1 something failed or nothing ran, 2 wrong use.
set -euo pipefail

readonly holding=/var/lib/livemr/tests-lab

main() {
  [[ $# -eq 0 || ($# -eq 1 && $1 == --quick) ]] || { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2; }
  cd "$(dirname "$(readlink --canonicalize "$0")")/.."
  mkdir --parents target/check
  forget_old_reports
  trap 'stop_building; release_libvirt' EXIT
  [[ $# -gt 0 ]] || build_ahead
  run_checks
  [[ $# -gt 0 ]] || hold_libvirt
  run_maven "$@"
  java scripts/TestTotals.java .
}

# A report of an earlier run must not count as one of this run.
forget_old_reports() {
  rm --force target/check/*
  find . -path '*/target/*-reports' -prune -exec rm --recursive --force {} +
}

# QEMU and kernel of the modes hypervisor and patched take many minutes: they are compiled beside the first tests, with
# the time that these leave. A lab that needs them waits, and names what went wrong by building once more.
build_ahead() {
  say "compiling the patched QEMU and kernel meanwhile, where the cache lacks them: target/check/build-ahead.txt"
  setsid nice --adjustment=19 bash -c '
    [[ ! -w /proc/self/autogroup ]] || echo 19 > /proc/self/autogroup
    scripts/build-qemu.sh; scripts/build-guest-kernel.sh' > target/check/build-ahead.txt 2>&1 &
  builder=$!
}

stop_building() {
  [[ -z ${builder:-} ]] || kill -- "-$builder" 2> /dev/null || true
}

run_checks() {
  local check name
  for check in scripts/check/*.sh; do
    name=$(basename "$check" .sh)
    say "check $name"
    "$check" > "target/check/$name.log" 2>&1 && echo 0 > "target/check/$name.exit" || echo $? > "target/check/$name.exit"
    [[ $(< "target/check/$name.exit") == 0 ]] || cat "target/check/$name.log" >&2
  done
}

# Failures do not stop Maven, so one module's does not hide the rest; the reports say what failed. What stops it all
# the same (a class that does not compile, a test JVM that died) leaves no report and is counted by its exit code. Two modules
# at a time, as most of their tests wait for other processes; none builds again what hold_libvirt built.
run_maven() {
  local goals=(verify)
  [[ $# -eq 0 ]] || goals=(test)
  say "Maven ${goals[*]}: the words are in target/test.log"
  local code=0
  timeout --kill-after=60 "${TEST_LIMIT:-85m}" \
    mvn --batch-mode --threads 2 --fail-at-end -Dmaven.test.failure.ignore=true ${SEED:+-Dseed="$SEED"} "${goals[@]}" \
    > >(tee target/test.log | progress) 2>&1 || code=$?
  echo "$code" > target/check/maven.exit
  [[ $code -eq 0 ]] || { grep --max-count=30 '^\[ERROR\]' target/test.log || true; } > target/check/maven.log
}

progress() {
  sed --unbuffered --quiet --regexp-extended \
    -e 's|^\[INFO\] Building ([^ ]+) .*\[([0-9]+/[0-9]+)\]$|test: \2 \1|p' \
    -e 's|^\[[A-Z]+\] (Tests run: .*--? in .*)$|test:   \1|p' >&2
}

# Tests of a module use what other modules build, and libvirt without a lab of their own. A lab of no VMs has all of
# it ready, and keeps libvirt from being stopped and started again between two classes. What does not build, Maven names.
hold_libvirt() {
  scripts/build.sh && launcher lab up --vms 0 --name tests --state "$holding" > /dev/null \
    || say "libvirt is not held; tests that need it start it, or are skipped"
}

release_libvirt() {
  compgen -G 'launcher/target/launcher-*.jar' > /dev/null || return 0
  launcher lab down --state "$holding" > /dev/null 2>&1 || true
}

launcher() {
  LIVEMR_SKIP_PACKAGES=1 timeout 300 java -Dlivemr.home="$PWD" \
    -cp "$(echo launcher/target/launcher-*.jar):launcher/target/lib/*" io.livemr.launcher.Main "$@"
}

say() { printf '%s\n' "test: $*" >&2; }

main "$@"
