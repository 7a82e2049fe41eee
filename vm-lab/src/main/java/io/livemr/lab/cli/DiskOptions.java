package io.livemr.lab.cli;

import io.livemr.lab.disk.DataDisk;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The data disk, from the command line. */
final class DiskOptions {
    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "qcow2", description = "Image format: raw or qcow2 (default).")
    private DataDisk.Format format;

    @Option(names = "--size-mib", paramLabel = "MIB", defaultValue = "4096", description = "Size of the disk, sparse; default 4096.")
    private long sizeMib;

    @Option(names = "--cluster-bytes", paramLabel = "BYTES", defaultValue = "0", description = "qcow2 cluster size; default QEMU's own.")
    private int clusterBytes;

    @Option(names = "--zero-clusters", description = "Allocate all clusters and mark them as zeros first.")
    private boolean zeroClusters;

    @Option(names = "--backing", description = "Put the file system in a base image and an overlay over it.")
    private boolean backing;

    @Option(names = "--qcow2-option", paramLabel = "KEY=VALUE", description = "More for qemu-img create -o; may be repeated.")
    private List<String> qcow2Options = new ArrayList<>();

    @Option(names = "--layout", paramLabel = "LAYOUT", defaultValue = "plain", description = "plain (default), partition or lvm.")
    private DataDisk.Layout layout;

    @Option(names = "--start-sector", paramLabel = "N", defaultValue = "2048",
            description = "First 512-byte sector of the first partition; default 2048.")
    private long startSector;

    @Option(names = "--fs", paramLabel = "FS", defaultValue = "ext4", description = "ext4 (default) or xfs, which LiveMR refuses.")
    private DataDisk.FileSystem fileSystem;

    @Option(names = "--block-bytes", paramLabel = "BYTES", defaultValue = "0", description = "ext4 block size; default mkfs's own.")
    private int blockBytes;

    @Option(names = "--features", paramLabel = "LIST", defaultValue = "", description = "ext4 features, as inline_data.")
    private String features;

    @Option(names = "--mount-options", paramLabel = "LIST", defaultValue = "noatime", description = "Default noatime; as data=journal.")
    private String mountOptions;

    DataDisk toDataDisk() {
        return new DataDisk(format, sizeMib << 20, clusterBytes, zeroClusters, backing, qcow2Options, layout, startSector,
                fileSystem, blockBytes, features, mountOptions);
    }
}
