#!/usr/bin/env bash
# Build every module, if a source is newer than the last build.
#
#   scripts/build.sh            build when needed
#   scripts/build.sh --force    build now
#
# The stamp target/built carries the time at which the last good build began. Folders are compared too: removing a
# file changes only its folder. Two builds at once wait for each other. Maven's own words are in target/build.log.
# Exit: 0 built or nothing to do, 1 the build failed, 2 wrong use.
set -euo pipefail

main() {
  [[ $# -eq 0 || ($# -eq 1 && $1 == --force) ]] || { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2; }
  cd "$(dirname "$(readlink --canonicalize "$0")")/.."
  [[ $# -eq 0 ]] && is_current && return
  mkdir --parents target
  exec 9> target/build.lock
  flock 9
  [[ $# -eq 0 ]] && is_current && return    # somebody else built it while this one waited
  build
}

is_current() {
  [[ -f target/built ]] && has_jars && [[ -z $(newer_sources) ]]
}

has_jars() {
  local module
  for module in launcher host-composer simulation vm-agent hdfs-bridge/block-link hdfs-bridge/yarn-runtime control-panel; do
    compgen -G "$module/target/*.jar" > /dev/null || return 1
  done
}

newer_sources() {
  find pom.xml ./*/pom.xml hdfs-bridge/*/pom.xml ./*/src/main hdfs-bridge/*/src/main \
    -newer target/built -print -quit 2> /dev/null
}

build() {
  say "building with Maven; the first time it fetches libraries and takes some minutes"
  touch target/build-began
  if ! mvn --batch-mode --threads 2 package -DskipTests > >(tee target/build.log | progress) 2>&1; then
    say "the build failed; all of it is in target/build.log:"
    grep --max-count=15 'ERROR' target/build.log >&2 || true
    exit 1
  fi
  mv target/build-began target/built
}

# "[INFO] Building host-composer 0.1.0-SNAPSHOT   [4/12]" becomes one short line.
progress() {
  sed --unbuffered --quiet --regexp-extended 's|^\[INFO\] Building ([^ ]+) .*\[([0-9]+/[0-9]+)\]$|build: \2 \1|p' >&2
}

say() { printf '%s\n' "build: $*" >&2; }

main "$@"
