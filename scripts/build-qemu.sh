#!/usr/bin/env bash
# Build the patched QEMU, unless it is there.
#
#   scripts/build-qemu.sh            build if needed; print the path of qemu-system-x86_64
#   scripts/build-qemu.sh --where    print the path, and build nothing
#   scripts/build-qemu.sh --tree T   build in folder T, with qemu-img and qemu-io, and leave it there (for QEMU's iotests)
#
# Takes the source package that qemu-patches/UPSTREAM names from the machine's own Debian mirror, lays qemu-patches/*.patch
# on it and builds with two jobs (JOBS), in about five minutes. The same series gives the same commit ids on every machine.
# Missing Debian packages are installed, and named first; the machine's apt configuration stays as it is. The result is kept
# in ${XDG_CACHE_HOME:-~/.cache}/livemr/qemu-HASH, where HASH covers series, UPSTREAM and this script. Progress goes to
# standard error, and so does the end of the build's log if it fails.
# Exit: 0 it is there, 1 something failed, 2 wrong use, 3 a package is missing and this is not root or not Debian 12.
set -euo pipefail

here=$(dirname "$(readlink --canonicalize "$0")")
series=$here/../qemu-patches

packages=(gcc libc6-dev make ninja-build meson pkg-config python3 git dpkg-dev xz-utils patch
  libfdt-dev libglib2.0-dev libpixman-1-dev libslirp-dev libaio-dev zlib1g-dev qemu-system-data seabios)

# Firmware is Debian's. A prefix apart from /usr keeps QEMU from looking for it beside the binary.
configure=(--target-list=x86_64-softmmu --without-default-features --enable-tcg --enable-kvm --enable-slirp
  --enable-linux-aio --enable-tools --disable-docs --disable-install-blobs --prefix=/usr/local
  --firmwarepath=/usr/share/qemu:/usr/share/seabios:/usr/lib/ipxe/qemu
  --meson=/usr/bin/meson --with-git-submodules=ignore)

main() {
  local home target
  home=${XDG_CACHE_HOME:-$HOME/.cache}/livemr/qemu-$(key)
  target=$home/qemu-system-x86_64
  case ${1:-} in
    '') [[ $# -eq 0 ]] || usage ;;
    --where) [[ $# -eq 1 ]] || usage; echo "$target"; return ;;
    --tree) [[ $# -eq 2 ]] || usage; build_tree "$2"; return ;;
    *) usage ;;
  esac
  [[ -x $target ]] || build_once "$home"
  echo "$target"
}

usage() { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2; }

# Names in the hash, too: a patch that is renamed is laid on in another order.
key() {
  (cd "$series" && sha256sum UPSTREAM ./*.patch && sha256sum < "$here/build-qemu.sh") | sha256sum | cut --characters=1-16
}

# Two callers build once. What is published is complete: it is moved there last.
build_once() {
  local home=$1
  mkdir --parents "$home"
  exec 9> "$home/lock"
  flock 9
  [[ ! -x $home/qemu-system-x86_64 ]] || return 0
  scratch=$(mktemp --directory "$home/build.XXXXXX")
  trap 'rm --recursive --force "$scratch"' EXIT
  get_ready "$scratch"
  compile "$scratch" qemu-system-x86_64
  strip --strip-debug -o "$scratch/qemu" "$scratch/build/qemu-system-x86_64"
  "$scratch/qemu" --version > /dev/null
  mv "$scratch/qemu" "$home/qemu-system-x86_64"
  say "built $home/qemu-system-x86_64"
}

build_tree() {
  local tree
  mkdir --parents "$1"
  tree=$(readlink --canonicalize "$1")
  [[ -z $(ls --almost-all "$tree") ]] || { say "$tree is not empty"; exit 2; }
  get_ready "$tree"
  compile "$tree" qemu-system-x86_64 qemu-img qemu-io qemu-nbd storage-daemon/qemu-storage-daemon
  echo "$tree/build/qemu-system-x86_64"
}

get_ready() {
  install_packages
  fetch_source "$1"
  apply_series "$1/source"
}

install_packages() {
  local missing
  command -v dpkg-query > /dev/null || { say "this is not Debian (no dpkg); Debian's names: ${packages[*]}"; exit 3; }
  mapfile -t missing < <(comm -23 <(printf '%s\n' "${packages[@]}" | sort) \
    <(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "${packages[@]}" 2> /dev/null | sed -n 's/^installed //p' | sort -u))
  [[ ${#missing[@]} -gt 0 ]] || return 0
  [[ $EUID -eq 0 ]] || { say "missing: ${missing[*]}; run as root: apt-get install ${missing[*]}"; exit 3; }
  say "installing from Debian: ${missing[*]}"
  apt_install "${missing[@]}" || { quietly apt-get --quiet=2 update && apt_install "${missing[@]}"; } || exit 1
}

apt_install() {
  DEBIAN_FRONTEND=noninteractive quietly apt-get --quiet=2 -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "$@"
}

# The machine's mirror, asked for sources through lists of our own.
fetch_source() {
  local work=$1 options version
  mkdir --parents "$work"/apt/{sources,lists/partial,cache/archives/partial} "$work/download"
  source_lines > "$work/apt/sources/source.list"
  [[ -s $work/apt/sources/source.list ]] || { say "apt knows no mirror of Debian 12 (bookworm)"; exit 3; }
  options=(--quiet=2 -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$work/apt/sources"
    -o Dir::State::Lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" -o APT::Sandbox::User="$(id --user --name)")
  # One mirror of several may be away; what matters is that one has the package.
  apt-get "${options[@]}" update > "$work/apt/update.log" 2>&1 || true
  version=$(offered_version "${options[@]}") || { tail --lines=5 "$work/apt/update.log" >&2; exit 1; }
  say "fetching $(upstream package) $version"
  (cd "$work/download" && quietly apt-get "${options[@]}" source --download-only "$(upstream package)=$version") || exit 1
  quietly dpkg-source --extract "$work"/download/*.dsc "$work/source" || exit 1
  echo "$version" > "$work/version"
}

# The security archive has its own suite only: a line for another one, which some machines have, would stop apt.
source_lines() {
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg signed=
  [[ ! -f $keyring ]] || signed="[signed-by=$keyring] "
  apt-get update --print-uris 2> /dev/null \
    | sed -nE "s|^'([^']*)/dists/(bookworm[^/']*)/InRelease'.*|deb-src $signed\1 \2 main|p" \
    | grep --invert-match 'security/\? bookworm main$' | sort --unique
}

offered_version() {
  local wanted offered
  wanted=$(upstream version)
  offered=$(apt-cache "$@" showsrc --only-source "$(upstream package)" | sed -n 's/^Version: //p' | sort --version-sort)
  grep --quiet --line-regexp --fixed-strings "$wanted" <<< "$offered" && { echo "$wanted"; return; }
  offered=$(tail --lines=1 <<< "$offered")
  [[ ${offered%-*} == "${wanted%-*}" ]] || { say "the mirror has '$offered', and qemu-patches is for $wanted"; return 1; }
  say "the mirror no longer has $wanted; trying $offered"
  echo "$offered"
}

upstream() { sed -n "s/^$1=//p" "$series/UPSTREAM"; }

# A fixed committer and date keep the commit ids the same on every machine.
apply_series() {
  local tree=$1 count
  rm --recursive --force "$tree/.pc"
  export GIT_AUTHOR_NAME=livemr GIT_AUTHOR_EMAIL=build@livemr.invalid GIT_AUTHOR_DATE='2024-01-01T00:00:00Z'
  export GIT_COMMITTER_NAME=livemr GIT_COMMITTER_EMAIL=build@livemr.invalid GIT_COMMITTER_DATE='2024-01-01T00:00:00Z'
  export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
  git -C "$tree" init --quiet --initial-branch=livemr
  git -C "$tree" add --all --force .
  git -C "$tree" commit --quiet --no-gpg-sign --message "$(upstream package) $(cat "$tree/../version")"
  git -C "$tree" am --quiet --committer-date-is-author-date "$series"/*.patch \
    || { say "stopped in $tree; see qemu-patches/README.md for how to mend the series"; exit 1; }
  count=$(git -C "$tree" rev-list --count HEAD)
  say "laid $((count - 1)) patches on it: $(git -C "$tree" rev-parse --short=12 HEAD)"
}

compile() {
  local work=$1
  mkdir --parents "$work/build"
  say "configuring"
  (cd "$work/build" && logged "$work" "$work/source/configure" "${configure[@]}")
  say "compiling; that takes some minutes"
  (cd "$work/build" && logged "$work" ninja -j "${JOBS:-2}" "${@:2}")
}

logged() {
  local log=$1/build.log
  "${@:2}" >> "$log" 2>&1 || { tail --lines=30 "$log" >&2; say "failed: $2"; exit 1; }
}

quietly() {
  local log
  log=$(mktemp)
  if "$@" > "$log" 2>&1; then rm --force "$log"; return 0; fi
  tail --lines=20 "$log" >&2
  say "failed: $*"
  rm --force "$log"
  return 1
}

say() { printf '%s\n' "build-qemu: $*" >&2; }

main "$@"
