#!/usr/bin/env bash
# A compute node: libvirt, composer and DataNode, steps 1 and 2 of docs/operations.md. Run by the Vagrantfile; again does no harm.
#
#   ADDRESS=… SECRET=… compute.sh
set -euo pipefail

main() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get --quiet=2 install --yes --no-install-recommends libvirt-daemon-system libvirt-clients qemu-system-x86 qemu-utils dnsmasq-base \
    /opt/livemr/livemr-composer_*.deb /opt/livemr/livemr-datanode_*.deb
  # Tenants' machines are made by who has this node's key.
  adduser --quiet vagrant libvirt
  composer
  datanode
}

composer() {
  # The network between these machines is their own.
  echo "LIVEMR_COMPOSER_ARGS=\"--listen $ADDRESS:7480 --plain-http --images /var/lib/libvirt/images\"" > /etc/default/livemr-composer
  install --directory --owner=livemr-composer --group=livemr-composer --mode=700 /var/lib/livemr/composer
  token livemr-composer /var/lib/livemr/composer/token
  systemctl --quiet enable livemr-composer
  systemctl restart livemr-composer
}

datanode() {
  token livemr-datanode /etc/hadoop/composer.token
  sed --in-place 's|^LIVEMR_HADOOP_CLASSPATH=.*|LIVEMR_HADOOP_CLASSPATH=/opt/hadoop/*|' /etc/default/livemr-datanode
  systemctl --quiet enable livemr-datanode
  systemctl restart livemr-datanode
}

token() {
  install --owner="$1" --mode=600 /dev/stdin "$2" <<< "$SECRET"
}

main "$@"
