#!/usr/bin/env bash
# A second host to migrate to: a libvirtd with its own /run, state, configuration, network, host name and processes.
#
#   second-host.sh FOLDER      in the foreground; answers at FOLDER/run/libvirt/libvirt-sock; all it started ends with it
#
# Images are where the first host has them, as on storage that both share. What a VM's QEMU listens on below /run is the
# second host's own, so the first one's composer finds nothing of it. Exit: libvirtd's; 2 wrong use.
set -euo pipefail

main() {
  [[ $# -eq 1 ]] || { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2; }
  mkdir --parents "$1"/{run/lock,lib,etc,cache,log}
  cd "$1"
  (cd / && find run/livemr -type d) | xargs --no-run-if-empty mkdir --parents
  printf 'host_uuid = "%s"\n' "$(< /proc/sys/kernel/random/uuid)" > etc/libvirtd.conf
  # Without virtlogd, and without control groups, which both hosts would share.
  printf '%s\n' 'stdio_handler = "file"' 'cgroup_controllers = [ ]' > etc/qemu.conf
  export -f inside
  exec unshare --mount --net --uts --pid --fork --kill-child --mount-proc bash -euc inside
}

inside() {
  hostname second-host
  ip link set lo up
  mount --bind run /run
  mount --bind lib /var/lib/libvirt
  mount --bind etc /etc/libvirt
  mount --bind cache /var/cache/libvirt
  mount --bind log /var/log/libvirt
  exec libvirtd
}

main "$@"
