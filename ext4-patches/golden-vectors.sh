#!/usr/bin/env bash
# Turn the golden vectors of the map records into a C header for the kernel's KUnit test.
#
#   ext4-patches/golden-vectors.sh extent-map/src/test/resources/map-records.txt > block/blk-livemr-vectors.h
#
# A line of the input is 128 hex digits, then operation inode generation epoch fsUuid fileOffsetBytes startSector
# sectors sequence lengthBytes. Exit: 0 written, 1 a line is something else, 2 wrong use.
set -euo pipefail

main() {
  [[ $# -eq 1 && -f $1 ]] || { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2; }
  printf '/* SPDX-License-Identifier: GPL-2.0 */\n/* Made by ext4-patches/golden-vectors.sh of LiveMR; do not edit. */\n'
  grep --invert-match --extended-regexp '^(#|$)' "$1" | while read -r -a field; do
    [[ ${#field[@]} -eq 11 && ${field[0]} =~ ^[0-9a-f]{128}$ ]] || { echo "golden-vectors: not a record: ${field[*]}" >&2; exit 1; }
    vector "${field[@]}"
  done
}

vector() {
  local uuid=${6//-/}
  printf '{\n'
  printf '\t.hex = "%s"\n\t       "%s",\n' "${1:0:64}" "${1:64}"
  printf '\t.fields = {\n\t\t.operation = LIVEMR_%s,\n' "$2"
  printf '\t\t.inode = %sU,\n\t\t.generation = %sU,\n\t\t.epoch = %sU,\n' "$3" "$4" "$5"
  printf '\t\t.offset_bytes = %sULL,\n\t\t.start_sector = %sULL,\n\t\t.sectors = %sU,\n' "$7" "$8" "$9"
  printf '\t\t.sequence = %sU,\n\t\t.length_bytes = %sULL,\n' "${10}" "${11}"
  printf '\t},\n\t.uuid = "%s",\n},\n' "$uuid"
}

main "$@"
