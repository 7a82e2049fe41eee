#!/usr/bin/env bash
# A tenant's VM: the agent, mail for owners, and a file to count words of; step 3 of docs/operations.md. Run by the Vagrantfile.
set -euo pipefail

main() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get --quiet=2 update
  apt-get --quiet=2 install --yes --no-install-recommends exim4-daemon-light bsd-mailx /opt/livemr/livemr-agent_*.deb
  systemctl --quiet enable --now livemr-agent
  [[ -e ~vagrant/words ]] || seq -f 'apple pear %g' 20000 | install --owner=vagrant /dev/stdin ~vagrant/words
}

main "$@"
