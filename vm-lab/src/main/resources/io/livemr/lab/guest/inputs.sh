#!/usr/bin/env bash
# Print all that a guest image depends on, apart from these scripts and the agent: one NAME=VERSION a line.
#
#   inputs.sh
#
# Exit: 0 printed, 3 a package of the host is missing, 4 apt knows no package of the guest.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=settings.sh
source "$here/settings.sh"

main() {
  host_versions
  guest_versions
}

host_versions() {
  # shellcheck disable=SC2086
  dpkg-query --show --showformat='host ${binary:Package}=${Version}\n' $HOST_PACKAGES 2>/dev/null \
    || { say "missing Debian packages: $(missing_packages); run scripts/install-debian-packages.sh"; exit 3; }
}

missing_packages() {
  for package in $HOST_PACKAGES; do
    dpkg-query --show "$package" >/dev/null 2>&1 || printf '%s ' "$package"
  done
}

guest_versions() {
  local kernel wanted known
  kernel=$(apt-cache depends linux-image-cloud-amd64 2>/dev/null | sed -n 's/^ *Depends: //p' | head -n 1)
  [[ -n $kernel ]] || { say "apt knows no linux-image-cloud-amd64; run: apt-get update"; exit 4; }
  wanted="$kernel $GUEST_PACKAGES"
  # One call for all: apt-cache reads its whole index each time.
  # shellcheck disable=SC2086
  known=$(apt-cache show --no-all-versions $wanted 2>/dev/null | sed -n 's/^Package: //p; s/^Version: //p' | paste -d= - -)
  for package in $wanted; do
    grep "^$package=" <<< "$known" | head -n 1 | sed 's/^/guest /' | grep . \
      || { say "apt knows no package $package; run: apt-get update"; exit 4; }
  done
}

say() { printf '%s\n' "guest image: $*" >&2; }

main "$@"
