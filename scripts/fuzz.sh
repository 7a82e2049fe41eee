#!/usr/bin/env bash
# Mutate the input of one parser, led by what its code covers (Jazzer), for five minutes or until the first finding.
#
#   scripts/fuzz.sh          name the parsers
#   scripts/fuzz.sh CLASS    for example FrameReaderFuzzTest
#
# A finding is written to the module's src/test/resources, beside the other inputs that every test run tries; commit it with the
# fix. What has led on is kept in the module's .cifuzz-corpus, from where the next run goes on. Exit: 0 nothing found, 1 something,
# 2 wrong use.
set -euo pipefail

main() {
  cd "$(dirname "$(readlink --canonicalize "$0")")/.."
  [[ $# -gt 0 ]] || { targets; return; }
  local file module
  file=$(find . -path '*/src/test/*' -name "$1.java" | head --lines=1)
  [[ $# -eq 1 && $1 == *FuzzTest && -n $file ]] \
    || { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; targets >&2; exit 2; }
  module=${file#./} module=${module%%/src/*}
  JAZZER_FUZZ=1 mvn --batch-mode --quiet --projects "$module" --also-make test \
    -Dtest="$1" -Djazzer.hooks=true -Dsurefire.failIfNoSpecifiedTests=false
}

targets() { grep --recursive --files-with-matches --include='*FuzzTest.java' '@FuzzTest' -- */src hdfs-bridge/*/src | sed 's|.*/||; s|\.java$||' | sort; }

main "$@"
