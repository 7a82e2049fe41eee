#!/usr/bin/env bash
# Check the guest's kernel patches: their form, and the KUnit tests of a --debug kernel at boot.
#
# The kernel is not built here, since that takes long: scripts/build-guest-kernel.sh --debug does it.
# Exit: 0 all is well (or skipped, with the reason), 1 something is wrong.
set -euo pipefail
cd "$(dirname "$(readlink --canonicalize "$0")")/../.."

readonly boot_limit_seconds=300

main() {
  broken=0
  patches_are_in_form
  run_kunit
  exit "$broken"
}

patches_are_in_form() {
  local patch number=0 subject
  for patch in ext4-patches/00*.patch; do
    number=$((number + 1))
    [[ $(basename "$patch") == $(printf '%04d-' "$number")* ]] || complain "$patch is not number $number"
    grep --quiet '^Signed-off-by: LiveMR developers <dev@livemr.invalid>$' "$patch" || complain "$patch is not signed off"
    head --lines=1 "$patch" | grep --quiet '^From 0\{40\} ' || complain "$patch names a commit; use git format-patch --zero-commit"
    subject=$(sed -n '/^Subject: /,/^$/p' "$patch" | tr --delete '\n' | sed 's/^Subject: \[PATCH[^]]*\] //')
    [[ ${#subject} -le 72 ]] || complain "$patch has a subject of ${#subject} columns"
  done
  echo "$number patches are in form"
}

run_kunit() {
  local kernel console
  kernel=$(scripts/build-guest-kernel.sh --debug --path 2> /dev/null) || { echo "skipped: KUnit: no kernel source here"; return; }
  [[ -f $kernel ]] || { echo "skipped: KUnit: build first: scripts/build-guest-kernel.sh --debug"; return; }
  mkdir --parents target/check
  console=target/check/guest-kernel-console.log
  # Without a root file system the kernel ends itself after the tests.
  timeout "$boot_limit_seconds" qemu-system-x86_64 -machine q35 -cpu max -m 512 -nodefaults -display none -no-reboot -serial stdio \
    -kernel "$kernel" -append 'console=ttyS0 panic=-1 no_timer_check kunit.enable=1' > "$console" || true
  if grep --quiet --extended-regexp '^(\[[ 0-9.]*\] )?ok [0-9]+ (- )?blk-livemr' "$console" && ! grep --quiet 'not ok' "$console"; then
    echo "KUnit: $(grep --only-matching 'livemr_[a-z_]*: pass:[0-9]* fail:[0-9]*' "$console" | xargs)"
  else
    complain "KUnit: see $console"
  fi
}

complain() { echo "guest-kernel: $*"; broken=1; }

main "$@"
