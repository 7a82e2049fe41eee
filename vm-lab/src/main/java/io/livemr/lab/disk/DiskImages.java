package io.livemr.lab.disk;

import io.livemr.lab.host.HostCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes the image files of one VM in its folder: {@code system.qcow2} over the lab's shared base, {@code data.raw} or
 * {@code data.qcow2}, and {@code data-base.qcow2} where the data disk has a backing file. All are sparse.
 */
public final class DiskImages {
    private static final int SECTOR_BYTES = 512;
    private static final long ZEROS_AT_ONCE_BYTES = 1L << 30;
    /** Left free behind the file system in a base image: the second copy of the partition table lies there. */
    private static final long TAIL_SECTORS = 2048;

    private final Path folder;

    public DiskImages(final Path folder) {
        this.folder = folder;
    }

    public Path system() {
        return folder.resolve("system.qcow2");
    }

    public Path data(final DataDisk disk) {
        return folder.resolve("data." + disk.format().name().toLowerCase(Locale.ROOT));
    }

    public Path dataBase() {
        return folder.resolve("data-base.qcow2");
    }

    public void createSystem(final Path base) {
        HostCommand.of("qemu-img", "create", "-q", "-f", "qcow2", "-b", base.toString(), "-F", "raw", system().toString()).run();
    }

    public void createData(final DataDisk disk) {
        if (disk.format() == DataDisk.Format.RAW) {
            makeSparse(data(disk), disk.sizeBytes());
        } else if (disk.backed()) {
            createBase(disk);
            createQcow2(disk, List.of("-b", dataBase().toString(), "-F", "qcow2"));
        } else {
            createQcow2(disk, List.of());
        }
        if (disk.zeroClusters()) {
            writeZeros(disk);
        }
    }

    /** In pieces: qemu-io writes less than 2 GiB at a time. */
    private void writeZeros(final DataDisk disk) {
        final List<String> command = new ArrayList<>(List.of("qemu-io", "-f", "qcow2"));
        for (long at = 0; at < disk.sizeBytes(); at += ZEROS_AT_ONCE_BYTES) {
            final long length = Math.min(ZEROS_AT_ONCE_BYTES, disk.sizeBytes() - at);
            command.addAll(List.of("-c", "write -q -z " + at + " " + length));
        }
        command.add(data(disk).toString());
        HostCommand.of(command).run();
    }

    private void createQcow2(final DataDisk disk, final List<String> backing) {
        final List<String> command = new ArrayList<>(List.of("qemu-img", "create", "-q", "-f", "qcow2"));
        final String options = String.join(",", qcow2Options(disk));
        if (!options.isEmpty()) {
            command.addAll(List.of("-o", options));
        }
        command.addAll(backing);
        command.add(data(disk).toString());
        command.add(Long.toString(disk.sizeBytes()));
        HostCommand.of(command).run();
    }

    private static List<String> qcow2Options(final DataDisk disk) {
        final List<String> options = new ArrayList<>(disk.qcow2Options());
        if (disk.clusterBytes() > 0) {
            options.add("cluster_size=" + disk.clusterBytes());
        }
        if (disk.zeroClusters()) {
            options.add("preallocation=metadata");
        }
        return options;
    }

    private void createBase(final DataDisk disk) {
        final Path raw = folder.resolve("data-base.raw");
        makeSparse(raw, disk.sizeBytes());
        final long startSector = disk.layout() == DataDisk.Layout.PARTITION ? partition(raw, disk) : 0;
        format(raw, disk, startSector);
        HostCommand.of("qemu-img", "convert", "-q", "-f", "raw", "-O", "qcow2", raw.toString(), dataBase().toString()).run();
        delete(raw);
    }

    private static long partition(final Path raw, final DataDisk disk) {
        HostCommand.of("sfdisk", "--quiet", raw.toString())
                .stdin("label: gpt\nfirst-lba: 34\nstart=" + disk.startSector() + "\n").run();
        return disk.startSector();
    }

    private static void format(final Path raw, final DataDisk disk, final long startSector) {
        final List<String> command = new ArrayList<>(List.of("mke2fs", "-q", "-F", "-t", "ext4", "-m", "0"));
        command.addAll(List.of("-E", "lazy_itable_init=1,offset=" + startSector * SECTOR_BYTES));
        if (disk.blockBytes() > 0) {
            command.addAll(List.of("-b", Integer.toString(disk.blockBytes())));
        }
        if (!disk.features().isEmpty()) {
            command.addAll(List.of("-O", disk.features()));
        }
        final long sectors = disk.sizeBytes() / SECTOR_BYTES - startSector - (startSector > 0 ? TAIL_SECTORS : 0);
        command.addAll(List.of(raw.toString(), sectors / 2 + "k"));
        HostCommand.of(command).run();
    }

    private static void makeSparse(final Path file, final long lengthBytes) {
        try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
            image.setLength(lengthBytes);
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(file, e);
        }
    }

    private static void delete(final Path file) {
        try {
            Files.delete(file);
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(file, e);
        }
    }
}
