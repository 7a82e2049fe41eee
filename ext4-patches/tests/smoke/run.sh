#!/usr/bin/env bash
# Use ext4 as anybody does, with nothing granted, on a kernel that is given: it must be right with the patches as without.
#
#   ext4-patches/tests/smoke/run.sh VMLINUZ [MODE…]      a MODE is "MKFS OPTIONS|MOUNT OPTIONS"; default: all of the list below
#
# Shaped after xfstests (smoke.h says which). Each mode: a fresh file system, all operations, power lost, journal replayed,
# what was synced compared, e2fsck. No line of the kernel's log may complain. The patches are in the way only of a disk that takes
# records, so the disk is one where there is a patched QEMU: QEMU=PATH (default: Debian's, which takes none).
# With data=journal nothing is written through a mapping: Linux 6.1 loses such writes there, with the patches or without.
# SEED (default random, printed), OPERATIONS (3000), SECONDS_EACH (3). Exit: 0 all held, 1 not, 2 wrong use.
set -euo pipefail

readonly modes=('-b 4096|rw' '-b 1024|rw' '-b 4096|nodelalloc' '-b 4096|data=journal' '-b 4096|data=writeback' '-b 4096|dioread_lock' '-O ^has_journal|rw'
  '-O ^extent,^64bit|rw' '-O bigalloc -C 65536|rw' '-O inline_data|rw' '-O fast_commit|rw' '-b 4096|discard')
readonly disk_mib=96 limit_seconds=300

main() {
  [[ $# -ge 1 && -f $1 ]] || { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2; }
  here=$(dirname "$(readlink --canonicalize "$0")") kernel=$1 failed=0
  shift
  seed=${SEED:-$RANDOM} folder=$(mktemp --directory)
  trap 'rm --recursive --force "$folder"' EXIT
  say "SEED=$seed"
  initrd
  [[ $# -gt 0 ]] || set -- "${modes[@]}"
  for mode in "$@"; do
    one "${mode%|*}" "${mode#*|}" && say "ok $mode" || { say "FAILED $mode"; failed=1; }
  done
  exit "$failed"
}

initrd() {
  mkdir "$folder/root"
  gcc -O2 -Wall -static -o "$folder/root/init" "$here"/*.c
  (cd "$folder/root" && echo init | cpio --quiet --create --format=newc) > "$folder/initrd"
}

one() {
  rm --force "$folder/disk" "$folder/page" "$folder/maps"
  truncate --size="${disk_mib}M" "$folder/disk"
  # shellcheck disable=SC2086
  mkfs.ext4 -q -F $1 "$folder/disk" 2> /dev/null || return 1
  boot first "$2" crash && { [[ $1 == *^has_journal* ]] || boot second "$2" unmounted; } && is_sound "$1"
}

boot() {
  local log=$folder/log maps=() mapped=1
  [[ -z ${QEMU:-} ]] || maps=(-chardev "socket,id=maps,path=$folder/maps,server=on,wait=off" -object "livemr-maps,id=maps,chardev=maps,generations=$folder/page")
  [[ $2 != *data=journal* ]] || mapped=0
  timeout "$limit_seconds" "${QEMU:-qemu-system-x86_64}" -L /usr/share/qemu -L /usr/share/seabios -M q35 -accel tcg,thread=multi -cpu max -smp 2 \
    -m 512 -nodefaults -nographic -no-reboot -serial stdio -kernel "$kernel" -initrd "$folder/initrd" \
    -append "console=ttyS0 panic=-1 quiet no_timer_check part=$1 mount=$2 seed=$seed operations=${OPERATIONS:-3000} seconds=${SECONDS_EACH:-3} mapped=$mapped" \
    "${maps[@]}" -device virtio-scsi-pci -drive "file=$folder/disk,if=none,id=d,format=raw,discard=unmap,cache=writeback" \
    -device "scsi-hd,drive=d,id=disk${QEMU:+,livemr=maps}" < /dev/null > "$log" 2>&1 || true
  grep --quiet "@OK $3" "$log" && ! grep --quiet --extended-regexp '@FAIL|BUG:|WARNING:|possible|Oops|EXT4-fs error|Call Trace' "$log" \
    || { tail --lines=25 "$log" >&2; return 1; }
}

# Without a journal the file system was not unmounted, and e2fsck may repair it.
is_sound() {
  local how=-n
  [[ $1 == *^has_journal* ]] && how=-y
  e2fsck -f "$how" "$folder/disk" > "$folder/log" 2>&1 || [[ $how == -y && $? -eq 1 ]] || { tail --lines=20 "$folder/log" >&2; return 1; }
}

say() { printf '%s\n' "smoke: $*"; }

main "$@"
