# What goes into the lab's guest. Read by inputs.sh and build-image.sh.

# Modules of the Java runtime for the agent: what jdeps says of its jars, and nothing for optional features.
JAVA_MODULES=java.base,java.logging,java.xml,jdk.net,jdk.unsupported

# Packages that are unpacked for the guest and never installed on the host. The kernel's real name is added to them.
GUEST_PACKAGES='dropbear-bin libtomcrypt1 libtommath1 xfsprogs libinih1 liburcu8 attr dma fdisk libfdisk1
  lvm2 dmsetup libdevmapper1.02.1 libdevmapper-event1.02.1 libaio1 libedit2 libreadline8 libssl3'

# Packages of the host whose files are copied.
HOST_PACKAGES='busybox-static coreutils dash e2fsprogs libc6 mount openjdk-17-jdk-headless util-linux'

# Programs that busybox lacks or does differently.
TOOLS='mke2fs filefrag chattr lsattr e4defrag debugfs tune2fs dumpe2fs e2fsck
  mkfs.xfs getfattr setfattr sfdisk lvm dmsetup
  fallocate losetup mount umount blkid findmnt lsblk blockdev fstrim
  dd stat truncate cp sync sha256sum
  dash
  dropbear dropbearkey dma'

# Loaded by the initramfs, in this order; what they depend on comes before each.
BOOT_MODULES='virtio_pci virtio_scsi sd_mod virtio_blk virtio_net virtio_console'

# In the guest for modprobe. What the kernel has built in is left out by itself.
MORE_MODULES='sg loop dm-mod dm-linear dm-snapshot dm-crypt linear xfs btrfs overlay virtio-rng'
