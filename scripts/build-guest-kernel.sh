#!/usr/bin/env bash
# Build the lab's kernel, whose ext4 announces where granted files lie and has fsmapcreate, and print the path of its bzImage.
# One kernel plays both parts: the guest's, and in tests the compute node's.
#
#   scripts/build-guest-kernel.sh                    with ext4-patches/*.patch
#   scripts/build-guest-kernel.sh --pristine         the same configuration without the patches, to compare with
#   scripts/build-guest-kernel.sh --debug            with KUnit tests, lock and sleep checks (slow; for tests)
#   scripts/build-guest-kernel.sh --path             print the path only; build nothing
#
# Takes Debian's linux-source-6.1 in the version that ext4-patches/UPSTREAM names, which it installs where it is missing (as root),
# and ext4-patches/guest.config. The
# kernel is kept in $XDG_CACHE_HOME/livemr/kernel-HASH; HASH is that of all it is made of, so when it is there nothing is
# done. Beside vmlinuz lie config, modules.builtin (for modprobe: nothing is a module) and release. Sources and objects
# stay in kernel-tree-FLAVOUR (2 GiB; may be removed): after a change of a patch only what depends on it is compiled.
# Progress is on stderr, make's own words in build.log there; MAKE_JOBS (default: all processors) is how many compilers run.
# Exit: 0 built or there, 1 a patch or the build failed, 2 wrong use, 3 a package is missing and this is not root,
# 4 the configuration lacks something of guest.config.
set -euo pipefail

readonly build_packages='gcc make flex bison bc libelf-dev libssl-dev xz-utils lz4 git rsync'

main() {
  cd "$(dirname "$(readlink --canonicalize "$0")")/.."
  flavour=patched only_path=no
  for option in "$@"; do
    case $option in
      --pristine | --debug) flavour=${option#--} ;;
      --path) only_path=yes ;;
      *) sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;;
    esac
  done
  package=$(upstream package) version=$(upstream version) archive=$(upstream archive)
  install_missing
  found=$(installed "$package")
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/livemr
  hash=$(inputs | sha256sum | cut --characters=1-16)
  kernel=$cache/kernel-$hash tree=$cache/kernel-tree-$flavour
  [[ -f $kernel/vmlinuz || $only_path == yes ]] || build_alone
  printf '%s\n' "$kernel/vmlinuz"
}

upstream() { sed -n "s/^$1=//p" ext4-patches/UPSTREAM; }

# All that the kernel depends on.
inputs() {
  printf '%s\n' "$flavour" "$package=$found" "$(gcc -dumpfullversion)"
  cat "scripts/build-guest-kernel.sh" ext4-patches/guest.config
  [[ $flavour == pristine ]] || cat ext4-patches/*.patch
  [[ $flavour != debug ]] || cat ext4-patches/debug.config extent-map/src/test/resources/map-records.txt
}

install_missing() {
  local name missing=()
  for name in $build_packages; do
    [[ -n $(installed "$name") ]] || missing+=("$name")
  done
  [[ $(installed "$package") == "$version" ]] || mapfile -t -O ${#missing[@]} missing < <(source_package)
  [[ ${#missing[@]} -gt 0 ]] || return 0
  [[ $EUID -eq 0 ]] || { say "missing: ${missing[*]}; run as root: apt-get install ${missing[*]}"; exit 3; }
  say "installing from Debian: ${missing[*]}"
  apt install --yes --no-install-recommends --allow-downgrades "${missing[@]}" || { say "apt-get failed; see above"; exit 3; }
}

# The version that the series was made on, as long as Debian has it; else the one that is installed will do, or any.
source_package() {
  if [[ $EUID -eq 0 ]] && { offered || { apt update && offered; }; }; then echo "$package=$version"
  elif [[ -z $(installed "$package") ]]; then echo "$package"
  fi
}

offered() { apt-cache madison "$package" | cut --delimiter='|' --fields=2 | grep --quiet --line-regexp --fixed-strings " $version "; }

installed() { dpkg-query --show --showformat='${db:Status-Status} ${Version}\n' "$1" 2> /dev/null | sed -n 's/^installed //p'; }

apt() { DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 -o DPkg::Lock::Timeout=300 "$@" >&2; }

# Two builds at once would get into each other's tree.
build_alone() {
  mkdir --parents "$tree"
  exec 9> "$tree/lock"
  flock 9
  [[ -f $kernel/vmlinuz ]] || build
}

build() {
  [[ $found == "$version" ]] || say "$package is $found; the series was made on $version and may apply all the same"
  unpack
  update_source
  configure
  say "compiling Linux $found with ${MAKE_JOBS:-$(nproc)} jobs; the first time it takes many minutes"
  make_kernel --jobs="${MAKE_JOBS:-$(nproc)}" bzImage modules > "$tree/build.log" 2>&1 \
    || { tail --lines=20 "$tree/build.log" >&2; say "the build failed; all of it is in $tree/build.log"; exit 1; }
  keep
}

unpack() {
  rm --recursive --force "$tree/upstream" "$tree/patched"
  mkdir --parents "$tree/upstream" "$tree/out" "$tree/source"
  say "unpacking $package $found"
  tar --extract --file "$archive" --directory "$tree/upstream" --strip-components=1
}

# Only files whose content changes get a new time, so make compiles no more than it must.
update_source() {
  local from=upstream
  if [[ $flavour != pristine ]]; then
    say "applying $(find ext4-patches -maxdepth 1 -name '*.patch' | wc --lines) patches"
    scripts/apply-patches.sh ext4-patches "$tree/upstream" "$tree/patched" || exit 1
    from=patched
  fi
  [[ $flavour != debug ]] || ext4-patches/golden-vectors.sh extent-map/src/test/resources/map-records.txt \
    > "$tree/patched/block/blk-livemr-vectors.h"
  rsync --archive --no-times --checksum --delete --exclude=/.git "$tree/$from/" "$tree/source/"
  rm --recursive --force "$tree/upstream" "$tree/patched"
}

# allnoconfig takes what the file says, and no to all else.
configure() {
  local line
  cat ext4-patches/guest.config > "$tree/wanted"
  [[ $flavour != debug ]] || cat ext4-patches/debug.config >> "$tree/wanted"
  [[ $flavour != pristine ]] || sed --in-place --expression '/LIVEMR/d' --expression '/FSMAPCREATE/d' "$tree/wanted"
  make_kernel KCONFIG_ALLCONFIG="$tree/wanted" allnoconfig > "$tree/build.log" 2>&1
  while read -r line; do
    grep --quiet --line-regexp --fixed-strings "$line" "$tree/out/.config" || { say "not in the configuration: $line"; exit 4; }
  done < <(grep '^CONFIG_' "$tree/wanted")
}

# A fixed time and builder: the same inputs give the same kernel.
make_kernel() {
  make --silent -C "$tree/source" O="$tree/out" LOCALVERSION= KBUILD_BUILD_TIMESTAMP='2000-01-01' \
    KBUILD_BUILD_USER=livemr KBUILD_BUILD_HOST=livemr "$@"
}

# The folder appears whole or not at all.
keep() {
  local new=$kernel.new
  rm --recursive --force "$new"
  mkdir "$new"
  cp "$tree/out/arch/x86/boot/bzImage" "$new/vmlinuz"
  cp "$tree/out/.config" "$new/config"
  cp "$tree/out/modules.builtin" "$new/"
  cp "$tree/out/include/config/kernel.release" "$new/release"
  mv "$new" "$kernel"
  say "built $kernel/vmlinuz"
}

say() { printf '%s\n' "build-guest-kernel: $*" >&2; }

main "$@"
