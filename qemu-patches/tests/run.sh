#!/usr/bin/env bash
# Test QEMU's decoder of map records alone: the golden vectors, then a million forged records and commands.
#
#   qemu-patches/tests/run.sh [VECTORS]
#
# Takes the decoder out of the series, so neither QEMU's source nor its libraries are needed, and compiles it with gcc under
# ASan and UBSan. VECTORS is the folder of map-records.txt and map-records-rejected.txt (default: extent-map's). SEED
# repeats a run, INPUTS says how many (default 1000000). Takes some seconds.
# Exit: 0 all right, or "skipped: reason"; 1 something is wrong; 2 wrong use.
set -euo pipefail

tests=$(dirname "$(readlink --canonicalize "$0")")
readonly decoder=(hw/scsi/livemr-record.c include/hw/scsi/livemr-record.h)

main() {
  [[ $# -le 1 && ${1:-} != -* ]] || { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2; }
  local vectors=${1:-$tests/../../extent-map/src/test/resources}
  command -v gcc > /dev/null || { echo "skipped: gcc is not installed"; exit 0; }
  command -v git > /dev/null || { echo "skipped: git is not installed"; exit 0; }
  work=$(mktemp --directory)
  trap 'rm --recursive --force "$work"' EXIT
  take_decoder
  compile golden
  compile fuzz
  "$work/golden" "$vectors/map-records.txt" "$vectors/map-records-rejected.txt"
  "$work/fuzz" "${SEED:-$RANDOM}" "${INPUTS:-1000000}"
}

# The patch that adds the decoder adds whole files, so they can be had without the rest of QEMU.
take_decoder() {
  (cd "$work" && git apply "${decoder[@]/#/--include=}" "$tests"/../0*.patch)
  [[ -f $work/${decoder[0]} ]] || { echo "no patch adds ${decoder[0]}"; exit 1; }
}

compile() {
  gcc -std=gnu11 -O1 -g -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all \
    -I "$tests/shim" -I "$work/include" -o "$work/$1" "$tests/$1.c" "$work/${decoder[0]}"
}

main "$@"
