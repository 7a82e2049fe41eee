#!/usr/bin/env bash
# Build the lab's guest: kernel, initramfs and system disk.
#
#   build-image.sh INPUTS PACKAGES AGENT OUT
#
# INPUTS is the output of inputs.sh, PACKAGES a folder that keeps downloaded packages, AGENT a folder with the
# agent's jars (or "-" for a guest without agent). OUT gets vmlinuz, initrd.gz and system.img. Each step
# is a line on stdout. Nothing is installed on the host, and nothing stays mounted.
# Exit: 0 built, 2 wrong use, 3 something is missing, 4 a package could not be downloaded.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=settings.sh
source "$here/settings.sh"
libraries=usr/lib/x86_64-linux-gnu

main() {
  [[ $# -eq 4 && -f $1 ]] || { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
  inputs=$(readlink -f "$1") packages=$(readlink -f "$2") agent=$3 out=$(readlink -f "$4")
  debs=$out/debs root=$out/root initramfs=$out/initramfs
  mkdir -p "$packages" "$debs" "$root" "$initramfs"
  step "downloading Debian packages";       unpack_packages
  step "collecting programs";               lay_out_root; copy_tools
  step "choosing kernel modules";           copy_modules "$root" "$BOOT_MODULES $MORE_MODULES"
  step "making the Java runtime";           make_runtime; copy_agent
  step "archiving the agent's classes";     archive_classes
  step "packing the initramfs";             pack_initramfs
  step "making the system disk";            make_disk
  cp "$debs"/boot/vmlinuz-* "$out/vmlinuz"
  rm -rf "$debs" "$root" "$initramfs"
}

unpack_packages() {
  local package missing=()
  for package in $(sed -n 's/^guest //p' "$inputs"); do
    [[ -f $(deb_of "$package") ]] || missing+=("$package")
  done
  [[ ${#missing[@]} -eq 0 ]] || download "${missing[@]}"
  for package in $(sed -n 's/^guest //p' "$inputs"); do
    [[ -f $(deb_of "$package") ]] || { say "apt-get left no $(deb_of "$package")"; exit 4; }
    dpkg-deb --extract "$(deb_of "$package")" "$debs"
  done
}

# Where apt-get puts NAME=VERSION.
deb_of() {
  local version=${1#*=}
  printf '%s/%s_%s_amd64.deb' "$packages" "${1%%=*}" "${version//:/%3a}"
}

download() {
  (cd "$packages" && apt-get --quiet --quiet --option APT::Sandbox::User=root download "$@") >&2 \
    || { say "cannot download $*; check the network, then: apt-get update"; exit 4; }
}

lay_out_root() {
  local name
  mkdir -p "$root"/usr/{bin,sbin,lib,lib64} "$root"/{dev,proc,sys,run,tmp,data,root/.ssh,opt/livemr,home,etc/dropbear,etc/livemr}
  mkdir -p "$root"/var/{log,mail,tmp,spool/dma} "$root/$libraries"
  for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
  ln -s /run "$root/var/run"
  ln -s /proc/self/mounts "$root/etc/mtab"
  install_busybox "$root/usr/bin"
  ln -s ../bin/busybox "$root/usr/sbin/init"
  cp -a "$here/rootfs/." "$root/"
  find "$root/etc" "$root/usr/lib/livemr" -type d -exec chmod 755 {} +
  chmod 700 "$root/root" "$root/root/.ssh"; chmod 1777 "$root/tmp" "$root/var/tmp"
  install -d -o 1000 -g 1000 "$root/home/alice"; install -d -o 1001 -g 1001 "$root/home/bob"
}

install_busybox() {
  cp /bin/busybox "$1/busybox"
  /bin/busybox --list | grep -vx busybox | while read -r applet; do ln -sf busybox "$1/$applet"; done
}

copy_tools() {
  local tool path
  for tool in $TOOLS; do
    path=$(find_tool "$tool")
    rm -f "$root/usr/bin/$tool" "$root/usr/sbin/$tool"
    cp "$path" "$root/usr/sbin/$tool"
    copy_libraries "$path"
  done
  for tool in pvcreate vgcreate lvcreate lvextend vgchange vgs lvs pvs; do ln -sf lvm "$root/usr/sbin/$tool"; done
  for tool in ext2 ext3 ext4; do ln -sf mke2fs "$root/usr/sbin/mkfs.$tool"; done
  rm -f "$root/usr/bin/mkfs.ext2" "$root/usr/bin/sendmail"
  # Not busybox's shell: that prefers its own applets to the programs above.
  ln -sf ../sbin/dash "$root/usr/bin/sh"
  install_mail
}

find_tool() {
  local folder
  for folder in "$debs"/{usr/sbin,usr/bin,sbin,bin} /usr/sbin /usr/bin /sbin /bin; do
    [[ -x $folder/$1 ]] && { readlink -f "$folder/$1"; return; }
  done
  say "no program $1 in the guest's packages or on this host; run scripts/install-debian-packages.sh"
  exit 3
}

copy_libraries() {
  local path
  # The guest's own packages first: the host need not have them installed.
  for path in $(LD_LIBRARY_PATH=$debs/$libraries:$debs/lib/x86_64-linux-gnu:${2:-} ldd "$1" | grep -o '/[^ ]*' || true); do
    case $path in
      "${2:-/nowhere}"/*) ;;
      */ld-linux-x86-64.so.2) cp --dereference "$path" "$root/usr/lib64/" ;;
      *) cp --dereference "$path" "$root/$libraries/" ;;
    esac
  done
}

install_mail() {
  local mail=8
  mkdir -p "$root/usr/lib/dma"
  cp "$debs/usr/lib/dma/dma-mbox-create" "$root/usr/lib/dma/"
  copy_libraries "$debs/usr/lib/dma/dma-mbox-create"
  ln -sf dma "$root/usr/sbin/sendmail"
  chown 0:$mail "$root"/usr/{sbin/dma,lib/dma/dma-mbox-create} "$root"/var/{mail,spool/dma}
  chmod 2755 "$root/usr/sbin/dma"; chmod 4754 "$root/usr/lib/dma/dma-mbox-create"
  chmod 2775 "$root/var/mail" "$root/var/spool/dma"
}

# Copies modules ($2) and all that they depend on to root $1, and indexes them.
copy_modules() {
  local source version module target
  source=$(echo "$debs"/lib/modules/*)
  version=${source##*/}
  target=$1/lib/modules/$version
  mkdir -p "$target"
  [[ -f $source/modules.dep ]] || busybox depmod -b "$debs" "$version"
  for module in $2; do
    for file in $(module_files "$source" "$module"); do
      mkdir -p "$target/$(dirname "$file")"
      cp "$source/$file" "$target/$file"
    done
  done
  cp "$source"/modules.{builtin,order} "$target/"
  busybox depmod -b "$1" "$version"
}

module_files() {
  local name=${2//[-_]/[-_]}
  sed --quiet "s|^\(\([^:]*/\)\?$name\.ko\):|\1|p" "$1/modules.dep"
}

make_runtime() {
  local java
  java=$(dirname "$(dirname "$(readlink -f "$(command -v jlink)")")")
  "$java/bin/jlink" --module-path "$java/jmods" --add-modules "$JAVA_MODULES" --output "$root/opt/livemr/jre" \
    --strip-debug --no-header-files --no-man-pages --generate-cds-archive >&2
  find "$root/opt/livemr/jre" -name '*.so' -o -path '*/bin/*' -type f | while read -r file; do
    copy_libraries "$file" "$root/opt/livemr/jre/lib"
  done
  cp --dereference /lib/x86_64-linux-gnu/libgcc_s.so.1 "$root/$libraries/"
}

copy_agent() {
  [[ $agent != - ]] || return 0
  mkdir -p "$root/opt/livemr/agent"
  cp "$agent"/*.jar "$root/opt/livemr/agent/"
  # What both programs are started with. No wildcard: an archive of classes fits one order of the jars.
  printf '%s\n' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -cp \
    "$(cd "$root" && printf '/%s\n' opt/livemr/agent/*.jar | paste -sd:)" > "$root/opt/livemr/agent.args"
}

# The guest's programs work without the archive too, they only start slowly.
archive_classes() {
  [[ $agent != - ]] || return 0
  if unshare --mount "$here/archive-classes.sh" "$root" >&2; then
    echo -XX:SharedArchiveFile=/opt/livemr/agent.jsa >> "$root/opt/livemr/agent.args"
  else
    say "no archive of the agent's classes; it needs root and unshare(2). The guest starts slowly"
  fi
}

pack_initramfs() {
  mkdir -p "$initramfs"/{bin,dev,proc,sys,newroot,lib}
  install_busybox "$initramfs/bin"
  copy_modules "$initramfs" "$BOOT_MODULES"
  cp "$here/initramfs/init" "$initramfs/init"
  cp "$here/rootfs/usr/lib/livemr/disk-by-serial" "$initramfs/bin/"
  printf '%s\n' "$BOOT_MODULES" > "$initramfs/boot-modules"
  (cd "$initramfs" && find . | busybox cpio -o -H newc 2>/dev/null) | gzip -1 > "$out/initrd.gz"
}

make_disk() {
  # Room for logs and mail; sparse, so it costs nothing until the guest writes.
  mke2fs -q -F -t ext4 -L livemr-system -m 0 -E lazy_itable_init=1 -d "$root" "$out/system.img" 1G >&2
}

step() { printf '%s\n' "$*"; }
say() { printf '%s\n' "guest image: $*" >&2; }

main "$@"
