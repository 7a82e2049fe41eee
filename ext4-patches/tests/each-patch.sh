#!/usr/bin/env bash
# Build and boot the kernel after each patch of the series: whoever looks for a fault by bisection may stop at any.
#
#   ext4-patches/tests/each-patch.sh FOLDER [FROM]      FOLDER gets 3 GiB and keeps the objects; FROM: the patch to begin with (default 1)
#
# Each kernel does smoke/run.sh on one file system. Packages are those of scripts/build-guest-kernel.sh. Exit: 0 all boot, 1 one does not, 2 wrong use.
set -euo pipefail

main() {
  [[ $# -ge 1 && $# -le 2 ]] || { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2; }
  cd "$(dirname "$(readlink --canonicalize "$0")")/../.."
  mkdir --parents "$1"
  folder=$(readlink --canonicalize "$1") from=${2:-1} number=0
  unpack
  while read -r commit; do
    number=$((number + 1))
    [[ $number -lt $from ]] || try "$commit"
  done < <(git -C "$folder/source" rev-list --reverse series | tail --lines=+2)
}

unpack() {
  local archive
  archive=$(sed -n 's/^archive=//p' ext4-patches/UPSTREAM)
  [[ -d $folder/upstream ]] || { mkdir "$folder/upstream" && tar --extract --file "$archive" --directory "$folder/upstream" --strip-components=1; }
  scripts/apply-patches.sh ext4-patches "$folder/upstream" "$folder/source"
  git -C "$folder/source" rev-parse --quiet --verify series > /dev/null || git -C "$folder/source" branch series
  git -C "$folder/source" checkout --quiet series
}

try() {
  local title
  title="$number $(git -C "$folder/source" log -1 --format=%s "$1")"
  git -C "$folder/source" checkout --quiet "$1"
  kernel && ext4-patches/tests/smoke/run.sh "$folder/out/arch/x86/boot/bzImage" '-b 4096|rw' > "$folder/smoke.log" 2>&1 \
    || { tail --lines=30 "$folder/build.log" "$folder/smoke.log" >&2; echo "FAILED $title"; git -C "$folder/source" checkout --quiet series; exit 1; }
  echo "ok $title"
}

# guest.config names options that later patches bring; until then they are nothing.
kernel() {
  mkdir --parents "$folder/out"
  { run_make KCONFIG_ALLCONFIG="$PWD/ext4-patches/guest.config" allnoconfig && run_make --jobs="${MAKE_JOBS:-$(nproc)}" bzImage; } > "$folder/build.log" 2>&1
}

run_make() { make --silent -C "$folder/source" O="$folder/out" LOCALVERSION= "$@"; }

main "$@"
