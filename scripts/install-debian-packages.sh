#!/usr/bin/env bash
# Install the Debian 12 packages that LiveMR needs and that are missing.
#
#   scripts/install-debian-packages.sh            install what is missing; says what before it does
#   scripts/install-debian-packages.sh --tests    the same, and what the tests start
#   scripts/install-debian-packages.sh --peers    the first, and what the benchmarks compare with
#   scripts/install-debian-packages.sh --missing  only print what is missing
#   scripts/install-debian-packages.sh --list     print every package and what it is for
#
# Asks dpkg first, so it is quick and needs neither root nor network when all is there.
# Exit: 0 all there, 1 apt failed, 2 wrong use, 3 something is missing and this is not root or not Debian.
set -euo pipefail

packages() {
  cat <<'LIST'
openjdk-17-jdk-headless      Java 17: builds and runs everything; the guest's small runtime is cut out of it
maven                        builds
libvirt-daemon-system        runs and describes virtual machines
libvirt-clients              virsh, to look at them
libvirt-daemon-driver-qemu   libvirt's QEMU driver
qemu-system-x86              the virtual machines themselves
qemu-utils                   qemu-img: makes disk images, and is the oracle for where their bytes are
fuse3                        composed files are served through FUSE
busybox-static               user space of the lab's guests
cpio                         packs the lab's initramfs
e2fsprogs                    makes ext4 disks for the lab, and runs inside its guests
xfsprogs                     makes xfs disks for the lab
fdisk                        sfdisk: partitions the lab's disks
lvm2                         logical volumes inside the lab's guests
attr                         looks at extended attributes
openssh-client               the lab's shell into its guests
zstd                         unpacks the lab's kernel modules
curl                         talks to the REST interfaces from scripts
iproute2                     network namespaces: hosts of a cluster on one machine
LIST
}

# What tests start or check with, many packages of it.
tests() {
  cat <<'LIST'
postgresql-15                a database of the panel
python3-keystone             OpenStack's Keystone; the package keystone would make a service of it
nova-common                  and OpenStack's Nova API, without the service that the package nova-api would make
systemd-container            boots systemd in a container that our packages are installed in
libnss-systemd               names the users that systemd makes for drivers of jobs there
shellcheck                   checks the shell scripts
vagrant                      checks vagrant/Vagrantfile, and makes its machines
vagrant-libvirt              has Vagrant make them with libvirt
chromium                     the browser that the tests of the web console drive
chromium-driver              drives it
LIST
}

peers() {
  cat <<'LIST'
libguestfs-tools             guestfish: copies files out of images
guestfs-tools                virt-cat: reads files of images
libfuse3-dev                 libfuse, with its own example of a mirror: a FUSE file system that checks nothing
gcc                          compiles that
nbdkit                       its ext2 filter reads files of images
libnbd-bin                   nbdcopy, for nbdkit
LIST
}

main() {
  case ${1:-} in
    '') install_missing ;;
    --tests) wanted() { packages; tests; }; install_missing ;;
    --peers) wanted() { packages; peers; }; install_missing ;;
    --missing) missing ;;
    --list) packages; tests; peers ;;
    *) sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;;
  esac
}

wanted() { packages; }

names() { wanted | cut --delimiter=' ' --fields=1; }

missing() {
  command -v dpkg-query > /dev/null || { say "this is not Debian (no dpkg); install by hand: $(names | xargs)"; exit 3; }
  local names
  mapfile -t names < <(names)
  # The status of a package that apt has never heard of is absent, so compare with what *is* installed.
  comm -23 <(printf '%s\n' "${names[@]}" | sort) \
    <(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "${names[@]}" 2> /dev/null \
      | sed -n 's/^installed //p' | sort -u)
}

install_missing() {
  local absent
  absent=$(missing)
  [[ -n $absent ]] || return 0
  mapfile -t absent <<< "$absent"
  [[ $EUID -eq 0 ]] || { say "missing: ${absent[*]}; run as root: apt-get install ${absent[*]}"; exit 3; }
  say "installing from Debian: ${absent[*]}"
  no_database_of_debians
  apt-cache show "${absent[@]}" > /dev/null 2>&1 || quietly apt-get --quiet=2 update
  # The lists on a machine may be older than the mirror: a failed install is tried once more after an update.
  install "${absent[@]}" || { say "trying again with new lists" && quietly apt-get --quiet=2 update && install "${absent[@]}"; }
}

# Debian's PostgreSQL makes a database at once, and starts it. The tests start their own, in a folder of their own.
no_database_of_debians() {
  local settings=/etc/postgresql-common/createcluster.conf
  [[ -e $settings ]] || command -v pg_createcluster > /dev/null || {
    mkdir --parents "${settings%/*}"
    echo "create_main_cluster = false" > "$settings"
  }
}

# Another apt-get, such as a fresh machine's own upgrades, is waited for.
install() { quietly apt-get --quiet=2 -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "$@"; }

quietly() {
  local log
  log=$(mktemp)
  # No service may be started by its package: the lab starts the libvirt it needs, and there may be no systemd.
  if DEBIAN_FRONTEND=noninteractive "$@" > "$log" 2>&1; then rm --force "$log"; return 0; fi
  say "failed: $*"
  tail --lines=20 "$log" >&2
  rm --force "$log"
  return 1
}

say() { printf '%s\n' "install-debian-packages: $*" >&2; }

main "$@"
