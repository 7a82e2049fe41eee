#!/usr/bin/env bash
# Check that Vagrant takes vagrant/Vagrantfile: options of the libvirt provider by name, scripts and folders that are there.
# Exit: 0 it does (or skipped, with the reason), 1 it does not, with Vagrant's words.
set -euo pipefail
cd "$(dirname "$(readlink --canonicalize "$0")")/../../vagrant"

dpkg-query --status vagrant-libvirt > /dev/null 2>&1 \
  || { echo "skipped: vagrant-libvirt is not installed; scripts/install-debian-packages.sh --tests"; exit 0; }
state=$(mktemp --directory)
trap 'rm --recursive --force "$state"' EXIT
# Nothing of anybody's machines is looked at or written.
VAGRANT_HOME=$state/home VAGRANT_DOTFILE_PATH=$state/state vagrant validate
