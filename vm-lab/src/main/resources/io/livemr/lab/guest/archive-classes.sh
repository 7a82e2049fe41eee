#!/usr/bin/env bash
# Make ROOT/opt/livemr/agent.jsa: the classes of the agent and of livemr-grant, parsed and verified once, here.
#
#   archive-classes.sh ROOT
#
# Runs both programs in ROOT to see which classes they load. Call it in a mount namespace of its own, which takes
# its mounts away at the end: unshare --mount archive-classes.sh ROOT
# Exit: 0 made, 2 wrong use, else not made; the guest then starts slowly, but works.
set -euo pipefail

main() {
  [[ $# -eq 1 && -f $1/opt/livemr/agent.args ]] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
  root=$1
  java=(chroot "$root" /opt/livemr/jre/bin/java @/opt/livemr/agent.args)
  mount_folders
  run_both
  sort -u "$root"/run/*.classes > "$root/run/classes"
  # This collector alone writes the archive's ready-made objects; the others read them.
  "${java[@]}" -Xshare:dump -XX:-UseSerialGC -XX:+UseG1GC -Xmx256m -Xlog:disable -Xlog:all=error \
    -XX:SharedClassListFile=/run/classes -XX:SharedArchiveFile=/opt/livemr/agent.jsa
}

mount_folders() {
  mount --bind /proc "$root/proc"
  for folder in run tmp dev; do mount -t tmpfs tmpfs "$root/$folder"; done
  mknod -m 666 "$root/dev/null" c 1 3
  mknod -m 666 "$root/dev/random" c 1 8
  mknod -m 666 "$root/dev/urandom" c 1 9
  mkfifo "$root/run/port"
}

run_both() {
  "${java[@]}" -XX:DumpLoadedClassList=/run/agent.classes io.livemr.agent.Main --port /run/port --state /run/state &
  trap 'kill %1' EXIT
  wait_for "$root/run/livemr/grant.sock"
  "${java[@]}" -XX:DumpLoadedClassList=/run/grant.classes io.livemr.agent.grant.GrantCommand --list
  trap - EXIT
  kill %1
  wait %1 || true
}

wait_for() {
  local tries=0
  until [[ -e $1 ]]; do
    tries=$((tries + 1)); [[ $tries -lt 1200 ]] || { echo "no ${1##*/} after 120 s" >&2; exit 1; }
    sleep 0.1
  done
}

main "$@"
