#!/usr/bin/env bash
# Write one file of a disk that is served as NBD to standard output, after a journal replay on a throw-away layer.
#
#   journal-mount.sh SOCKET EXPORT WORK PATH
#
# To be run in mount and pid namespaces of its own: whatever it leaves ends with them. WORK is an empty folder.
# Exit: 0 written, 1 a step failed, 2 wrong use.
set -euo pipefail

main() {
  [[ $# -eq 4 ]] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
  local socket=$1 export=$2 work=$3 path=$4
  mkdir "$work/disk" "$work/mnt"
  # Whatever the replay writes goes to the layer, which is a deleted temporary file of nbdkit's.
  TMPDIR=$work nbdkit --foreground -U "$work/cow" --filter=cow nbd socket="$socket" export="$export" >&2 &
  await test -S "$work/cow"
  nbdfuse "$work/disk/raw" --unix "$work/cow" >&2 &
  await test -s "$work/disk/raw"
  mount --types ext4 --options loop,rw,noatime "$work/disk/raw" "$work/mnt"
  cat "$work/mnt$path"
  umount "$work/mnt"
  umount "$work/disk"
}

await() {
  local tries
  for ((tries = 0; tries < 2000; tries++)); do
    "$@" && return
    sleep 0.005
  done
  printf '%s\n' "journal-mount: gave up waiting for: $*" >&2
  exit 1
}

main "$@"
