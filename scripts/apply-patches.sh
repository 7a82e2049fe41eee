#!/usr/bin/env bash
# Lay a patch series on pristine upstream source.
#
#   scripts/apply-patches.sh SERIES SOURCE TARGET [GLOB]
#   scripts/apply-patches.sh ext4-patches /usr/src/linux-source-6.1 build/linux '00*.patch'
#
# Makes TARGET a git tree: the files of SOURCE in one commit, then SERIES/GLOB (default *.patch) in order. The same
# files and patches give the same commit ids on every machine; when TARGET has them already, nothing is done. SOURCE
# is only read. A TARGET that is there and was not made by this script is left alone.
# Exit: 0 applied or nothing to do, 1 a patch did not apply, 2 wrong use, 3 TARGET is somebody else's, 4 no patches.
set -euo pipefail

main() {
  [[ $# -ge 3 && $# -le 4 && -d $1 && -d $2 ]] || { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2; }
  local series source target=$3 patches
  series=$(readlink --canonicalize "$1") source=$(readlink --canonicalize "$2")
  mapfile -t patches < <(find "$series" -maxdepth 1 -name "${4:-*.patch}" | LC_ALL=C sort)
  [[ ${#patches[@]} -gt 0 ]] || { say "no ${4:-*.patch} in $series"; exit 4; }
  is_current "$target" "$source" "${patches[@]}" && return
  make_room "$target"
  commit_upstream "$source" "$target"
  apply "$target" "${patches[@]}"
  stamp "$source" "${patches[@]}" > "$target/.git/livemr-series"
}

is_current() {
  local target=$1
  shift
  [[ -f $target/.git/livemr-series ]] && [[ $(stamp "$@") == "$(< "$target/.git/livemr-series")" ]]
}

# What a tree was made of: where the source lay, and what each patch says.
stamp() {
  printf '%s\n' "$1"
  shift
  cat "$@" | sha256sum
}

make_room() {
  [[ ! -e $1 || -f $1/.git/livemr-series || -f $1/.git/livemr-begun ]] \
    || { say "$1 is there and is not a tree of this script; name another or remove it"; exit 3; }
  rm --recursive --force "$1"
  mkdir --parents "$1"
}

commit_upstream() {
  cp --archive "$1/." "$2"
  rm --recursive --force "$2/.git"
  git -C "$2" init --quiet
  touch "$2/.git/livemr-begun"
  # Upstream's .gitignore hides files that it ships.
  git_at "$2" add --all --force
  GIT_AUTHOR_DATE='2000-01-01T00:00:00Z' GIT_COMMITTER_DATE='2000-01-01T00:00:00Z' \
    git_at "$2" commit --quiet --message "Pristine upstream source"
}

apply() {
  local target=$1
  shift
  # The author's own date as committer's keeps the commit ids the same on every machine.
  git_at "$target" am --quiet --keep-cr --committer-date-is-author-date "$@" >&2 \
    || { say "stopped in $target; resolve it there, git am --continue, then make the series anew with git format-patch"; exit 1; }
}

git_at() {
  git -C "$1" -c user.name=livemr -c user.email=build@livemr.invalid -c core.autocrlf=false -c commit.gpgsign=false \
    -c core.fileMode=true -c core.compression=0 -c gc.auto=0 "${@:2}"
}

say() { printf '%s\n' "apply-patches: $*" >&2; }

main "$@"
