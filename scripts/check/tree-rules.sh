#!/usr/bin/env bash
# Check the rules that hold for the whole tree.
#
#   scripts/check/tree-rules.sh
#
# No file names a path of one developer's machine; nothing is left for later in code; no source file is longer than 400
# lines; modules depend on extent-map and fail-points only, but for simulation, which is above host-composer, and launcher, system-tests and
# benchmarks, which are on top, and what stands in hdfs-bridge uses Hadoop's libraries; each package and each module says what it is.
# Exit: 0 all hold, 1 one does not, with the places.
set -euo pipefail
cd "$(dirname "$(readlink --canonicalize "$0")")/../.."

readonly longest_lines=400
broken=0

main() {
  no_match 'a path of one machine' '(^|[^a-z])/wo''rk/|/root/\.m2' -- . ':!scripts/check/tree-rules.sh'
  no_match 'left for later' '\b(TO''DO|FIX''ME|XX''X)\b|not imple''mented' -- '*.java' '*.sh' '*.c' '*.h' livemr
  files_are_short
  arrows_point_one_way
  modules_and_packages_say_what_they_are
  exit "$broken"
}

no_match() {
  local rule=$1 pattern=$2
  shift 2
  if git grep --line-number --extended-regexp "$pattern" "$@"; then complain "$rule (above)"; fi
}

files_are_short() {
  local file lines
  while read -r file; do
    lines=$(wc --lines < "$file")
    ((lines <= longest_lines)) || complain "$file has $lines lines; the limit is $longest_lines"
  done < <(git ls-files '*.java' '*.sh' livemr)
}

# The artifacts of io.livemr that a pom names as dependencies. hadoop-runtime only collects libraries.
arrows_point_one_way() {
  local pom module dependency
  while read -r pom; do
    module=$(dirname "$pom")
    while read -r dependency; do
      allowed "$module" "$dependency" || complain "$module depends on $dependency; modules talk over the wire"
    done < <(livemr_dependencies "$pom")
  done < <(git ls-files '*/pom.xml')
}

livemr_dependencies() {
  sed -n '/<dependencies>/,/<\/dependencies>/p' "$1" \
    | grep --after-context=1 '<groupId>io.livemr</groupId>' | sed -n 's|.*<artifactId>\(.*\)</artifactId>.*|\1|p'
}

allowed() {
  case $1 in
    launcher) [[ $2 == vm-lab || $2 == extent-map ]] ;;
    hdfs-bridge/*) [[ $2 == fail-points || $2 == hadoop-runtime ]] ;;
    simulation) [[ $2 == extent-map || $2 == host-composer ]] ;;
    system-tests | benchmarks) true ;;
    *) [[ $2 == extent-map || $2 == fail-points ]] ;;
  esac
}

modules_and_packages_say_what_they_are() {
  local folder
  while read -r folder; do
    [[ -f $folder/README.md ]] || complain "$folder has no README.md"
  done < <(git ls-files '*/pom.xml' | xargs --no-run-if-empty dirname)
  while read -r folder; do
    [[ -f $folder/package-info.java ]] || complain "$folder has no package-info.java"
  done < <(git ls-files '*/src/main/java/io/livemr/*.java' | xargs --no-run-if-empty dirname | sort -u)
}

complain() { echo "tree-rules: $*"; broken=1; }

main "$@"
