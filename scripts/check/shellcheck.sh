#!/usr/bin/env bash
# Check every bash file of the tree with shellcheck.
# Exit: 0 clean (or skipped, with the reason), 1 something was found.
set -euo pipefail
cd "$(dirname "$(readlink --canonicalize "$0")")/../.."

command -v shellcheck > /dev/null || { echo "skipped: shellcheck is not installed"; exit 0; }
# Tracked files whose first line is a bash or sh shebang; a name says nothing.
mapfile -t scripts < <(git grep --files-with-matches --extended-regexp '^#!/(usr/bin/env |bin/)(ba|busybox )?sh' -- . \
  | while read -r file; do head --lines=1 "$file" | grep --quiet 'sh$' && echo "$file"; done)
[[ ${#scripts[@]} -gt 0 ]] || { echo "no scripts found; is this a git checkout?"; exit 1; }
shellcheck --severity=warning --exclude=SC1091 "${scripts[@]}"
echo "${#scripts[@]} scripts are clean"
