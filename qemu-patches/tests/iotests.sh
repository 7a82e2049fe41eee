#!/usr/bin/env bash
# Run QEMU's own iotests for what the series touches, with nothing granted: qcow2 and raw images.
#
#   qemu-patches/tests/iotests.sh FOLDER                    the groups auto and snapshot on qcow2, and auto on raw
#   qemu-patches/tests/iotests.sh FOLDER -FORMAT GROUP      one of them
#
# FOLDER is new or was made by this script; gets 2 GiB and keeps the build. A test that fails is run again without the series, in a build of
# upstream alone; if it fails there too it is named and does not count. Packages are those of scripts/build-qemu.sh.
# Exit: 0 the series breaks none, 1 it does, or a build failed, 2 wrong use.
set -euo pipefail

main() {
  [[ $# -eq 1 || $# -eq 3 ]] || { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2; }
  cd "$(dirname "$(readlink --canonicalize "$0")")/../.."
  folder=$(readlink --canonicalize --no-newline "$1")
  [[ -x $folder/build/qemu-io ]] || scripts/build-qemu.sh --tree "$folder" > /dev/null
  lay_firmware
  broken=0
  if [[ $# -eq 3 ]]; then
    run_group "$2" "$3"
  else
    run_group -qcow2 auto
    run_group -qcow2 snapshot
    run_group -raw auto
  fi
  exit "$broken"
}

# A QEMU that is not installed looks for its firmware here.
lay_firmware() {
  mkdir --parents "$folder/build/qemu-bundle/usr/share"
  ln --symbolic --force --no-target-directory /usr/share/qemu "$folder/build/qemu-bundle/usr/share/qemu"
  ln --symbolic --force --no-target-directory /usr/share/seabios "$folder/build/qemu-bundle/usr/share/seabios"
}

run_group() {
  local failed
  build livemr
  check "$1" -g "$2" && { echo "ok $1 $2: $(last_line)"; return; }
  failed=$(sed -n 's/^Failures: //p' "$folder/check.log")
  [[ -n $failed ]] || { tail --lines=20 "$folder/check.log"; broken=1; return; }
  echo "$1 $2: $(last_line); failed: $failed; the same without the series:"
  build 'livemr~'"$(($(git -C "$folder/source" rev-list --count livemr) - 1))"
  # shellcheck disable=SC2086
  blame "$1" $failed
}

blame() {
  local format=$1 test
  for test in "${@:2}"; do
    if check "$format" "$test"; then echo "FAILED $format $test: passes without the series"; broken=1
    else echo "$format $test: fails without the series, too"; fi
  done
}

# Only what differs is compiled again.
build() {
  git -C "$folder/source" checkout --quiet "$1"
  ninja -C "$folder/build" qemu-system-x86_64 qemu-img qemu-io qemu-nbd storage-daemon/qemu-storage-daemon > "$folder/ninja.log" 2>&1 \
    || { tail --lines=20 "$folder/ninja.log"; exit 1; }
}

check() { (cd "$folder/build/tests/qemu-iotests" && ./check "$@") > "$folder/check.log" 2>&1; }

last_line() { tail --lines=1 "$folder/check.log"; }

main "$@"
