#!/usr/bin/env bash
# Test the patched QEMU's decoder of map records: golden vectors and a million forged inputs, under ASan and UBSan.
# Exit: 0 all right (or skipped, with the reason), 1 something is wrong.
set -euo pipefail
exec "$(dirname "$(readlink --canonicalize "$0")")/../../qemu-patches/tests/run.sh"
