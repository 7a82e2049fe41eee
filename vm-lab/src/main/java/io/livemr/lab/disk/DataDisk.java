package io.livemr.lab.disk;

import java.util.ArrayList;
import java.util.List;

/**
 * What a VM's data disk is to look like: the image's format, how the disk is divided, and the file system on it.
 *
 * <p>Sizes are bytes, {@code startSector} counts 512-byte sectors of the disk. {@code clusterBytes} and {@code blockBytes} of 0
 * mean the tool's own default. Immutable; every method but the accessors gives a changed copy.
 *
 * @param qcow2Options more {@code key=value} options for {@code qemu-img create}, for example {@code extended_l2=on}
 */
public record DataDisk(
        Format format, long sizeBytes, int clusterBytes, boolean zeroClusters, boolean backed, List<String> qcow2Options,
        Layout layout, long startSector, FileSystem fileSystem, int blockBytes, String features, String mountOptions) {

    private static final long DEFAULT_SIZE_BYTES = 4L << 30;
    private static final long DEFAULT_START_SECTOR = 2048;

    /** The image's format. */
    public enum Format { RAW, QCOW2 }

    /** How the disk is divided: not at all, one GPT partition, or a linear volume in two pieces on two partitions. */
    public enum Layout { PLAIN, PARTITION, LVM }

    /** What {@code /data} is. LiveMR refuses XFS; it is here so that the refusal can be tested. */
    public enum FileSystem { EXT4, XFS }

    public DataDisk {
        qcow2Options = List.copyOf(qcow2Options);
        final boolean qcow2 = format == Format.QCOW2;
        require(sizeBytes >= 64L << 20 && sizeBytes % 512 == 0, "sizeBytes=" + sizeBytes + " must be whole sectors, at least 64 MiB");
        require(startSector >= 34, "startSector=" + startSector + " lies in the partition table; the first free one is 34");
        require(qcow2 || !(clusterBytes > 0 || zeroClusters || !qcow2Options.isEmpty()), "format=raw has no clusters and no qcow2 options");
        require(qcow2 || !backed, "format=raw has no backing file; take qcow2");
        require(!backed || layout != Layout.LVM, "layout=lvm cannot lie on a backing file: the host has no device-mapper to make it with");
        require(!backed || fileSystem == FileSystem.EXT4, "fileSystem=xfs cannot lie on a backing file; take ext4");
        require(!(backed && zeroClusters), "a backed disk has no preallocated clusters; choose one of the two");
    }

    public static DataDisk qcow2() {
        return new DataDisk(Format.QCOW2, DEFAULT_SIZE_BYTES, 0, false, false, List.of(), Layout.PLAIN, DEFAULT_START_SECTOR,
                FileSystem.EXT4, 0, "", "noatime");
    }

    public static DataDisk raw() {
        return qcow2().withFormat(Format.RAW);
    }

    public DataDisk withFormat(final Format value) {
        return new DataDisk(value, sizeBytes, clusterBytes, zeroClusters, backed, qcow2Options, layout, startSector, fileSystem,
                blockBytes, features, mountOptions);
    }

    public DataDisk withSizeBytes(final long value) {
        return new DataDisk(format, value, clusterBytes, zeroClusters, backed, qcow2Options, layout, startSector, fileSystem,
                blockBytes, features, mountOptions);
    }

    /** qcow2 clusters of this many bytes, a power of two from 512 to 2 MiB. */
    public DataDisk withClusterBytes(final int value) {
        return new DataDisk(format, sizeBytes, value, zeroClusters, backed, qcow2Options, layout, startSector, fileSystem,
                blockBytes, features, mountOptions);
    }

    /** All clusters allocated and marked as zeros before the guest first writes. */
    public DataDisk withZeroClusters() {
        return new DataDisk(format, sizeBytes, clusterBytes, true, backed, qcow2Options, layout, startSector, fileSystem,
                blockBytes, features, mountOptions);
    }

    /** The file system lies in a base image; the VM writes to an overlay over it. */
    public DataDisk withBackingFile() {
        return new DataDisk(format, sizeBytes, clusterBytes, zeroClusters, true, qcow2Options, layout, startSector, fileSystem,
                blockBytes, features, mountOptions);
    }

    public DataDisk withQcow2Option(final String option) {
        final List<String> options = new ArrayList<>(qcow2Options);
        options.add(option);
        return new DataDisk(format, sizeBytes, clusterBytes, zeroClusters, backed, options, layout, startSector, fileSystem,
                blockBytes, features, mountOptions);
    }

    /** A GPT whose first partition begins at this sector. */
    public DataDisk partitioned(final long atSector) {
        return new DataDisk(format, sizeBytes, clusterBytes, zeroClusters, backed, qcow2Options, Layout.PARTITION, atSector,
                fileSystem, blockBytes, features, mountOptions);
    }

    /** A linear volume whose first part lies behind its second on the disk. */
    public DataDisk lvm() {
        return new DataDisk(format, sizeBytes, clusterBytes, zeroClusters, backed, qcow2Options, Layout.LVM, startSector,
                fileSystem, blockBytes, features, mountOptions);
    }

    public DataDisk xfs() {
        return new DataDisk(format, sizeBytes, clusterBytes, zeroClusters, backed, qcow2Options, layout, startSector,
                FileSystem.XFS, blockBytes, features, mountOptions);
    }

    /** ext4 blocks of 1,024, 2,048 or 4,096 bytes. */
    public DataDisk withBlockBytes(final int value) {
        return new DataDisk(format, sizeBytes, clusterBytes, zeroClusters, backed, qcow2Options, layout, startSector, fileSystem,
                value, features, mountOptions);
    }

    /** ext4 features as {@code mkfs.ext4 -O} takes them, for example {@code inline_data}. */
    public DataDisk withFeatures(final String value) {
        return new DataDisk(format, sizeBytes, clusterBytes, zeroClusters, backed, qcow2Options, layout, startSector, fileSystem,
                blockBytes, value, mountOptions);
    }

    /** As {@code mount -o} takes them, for example {@code data=journal}. */
    public DataDisk withMountOptions(final String value) {
        return new DataDisk(format, sizeBytes, clusterBytes, zeroClusters, backed, qcow2Options, layout, startSector, fileSystem,
                blockBytes, features, value);
    }

    private static void require(final boolean holds, final String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("data disk: " + otherwise);
        }
    }
}
