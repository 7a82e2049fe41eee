#!/usr/bin/env bash
# Test fsmapcreate and fsmapdelete in a virtual machine that plays the compute node.
#
#   ext4-patches/tests/fsmap/run.sh KERNEL_IMAGE            a bzImage with patches 0101 and up, made with kernel.config
#   SEED=7 ext4-patches/tests/fsmap/run.sh KERNEL_IMAGE     with other random offsets
#
# Builds the test as a static program, packs it as the initramfs, boots it on three new disks, prints its TAP, and then
# looks at the disks from outside. Emulates the processor; ACCEL=kvm uses a real one.
# Exit: 0 all passed or skipped (says "skipped: reason"), 1 a test failed or did not end, 2 wrong use.
set -euo pipefail

readonly here=${BASH_SOURCE[0]%/*}
readonly limit_seconds=${LIMIT_SECONDS:-900}

main() {
  [[ $# -eq 1 && -f $1 ]] || { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2; }
  local tool
  for tool in qemu-system-x86_64 gcc cpio gzip mkfs.ext4 e2fsck debugfs; do
    command -v "$tool" > /dev/null || { echo "skipped: no $tool"; exit 0; }
  done
  # Not local: the trap runs when main has returned.
  work=$(mktemp --directory)
  trap 'rm --recursive --force "$work"' EXIT

  build || { echo "skipped: gcc makes no static program here (libc6-dev?)"; exit 0; }
  disks
  boot "$1" | tee "$work/console"
  report
}

build() {
  mkdir "$work/root"
  gcc -static -std=gnu11 -O2 -Wall -Wextra -o "$work/root/init" "$here"/*.c
  (cd "$work/root" && echo init | cpio --quiet --create --format=newc | gzip -1 > "$work/initramfs")
}

disks() {
  truncate --size=128M "$work/store"
  truncate --size=8M "$work/device"
  truncate --size=64M "$work/other"
  mkfs.ext4 -q -F -b 4096 "$work/store"
  mkfs.ext4 -q -F -b 4096 "$work/other"
}

boot() {
  local disk drives=()
  for disk in store device other; do
    drives+=(-drive "file=$work/$disk,format=raw,if=virtio,cache=unsafe")
  done
  timeout "$limit_seconds" qemu-system-x86_64 -machine q35 -accel "${ACCEL:-tcg,thread=multi}" -cpu max -smp 2 -m 512 \
    -nodefaults -nographic -serial stdio -monitor none -no-reboot "${drives[@]}" \
    -kernel "$1" -initrd "$work/initramfs" \
    -append "console=ttyS0 quiet panic=-1 no_timer_check fsmap.seed=${SEED:-1}" < /dev/null \
    | sed --unbuffered 's/\r//; s/\x1b[^A-Za-z]*[A-Za-z]//g' \
    || echo "# QEMU ended with status $?"
}

report() {
  local failed=0
  grep --quiet '^1\.\.[0-9]' "$work/console" || { echo "not ok - the machine should run all tests to their end"; failed=1; }
  grep --quiet '^not ok' "$work/console" && failed=1
  outside "e2fsck should find nothing to repair" e2fsck -fn "$work/store" || failed=1
  outside "a kernel without the patches should see an empty file, not a hole" empty_on_disk || failed=1
  [[ $failed -eq 0 ]] && echo "# all passed: $(grep --count '^ok' "$work/console") in the machine, 2 from outside"
  return "$failed"
}

outside() {
  local name=$1
  shift
  if "$@" > "$work/outside" 2>&1; then echo "ok - $name"; return 0; fi
  sed 's/^/# /' "$work/outside"
  echo "not ok - $name"
  return 1
}

empty_on_disk() {
  debugfs -R 'stat /kept' "$work/store" 2> /dev/null | tee "$work/kept" | grep --quiet 'Size: 0$' \
    && grep --quiet 'trusted.fsmap' "$work/kept"
}

main "$@"
