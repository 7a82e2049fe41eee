package io.livemr.agent;

import io.livemr.extent.Extent;
import io.livemr.extent.wire.CommittedMap;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A file system on a loop device in a temporary folder: the kernel's own ext4 as the peer. */
public final class LoopDisk implements AutoCloseable {

    private final Path folder;
    private final Path image;
    private final Path mount;
    private final String device;

    private LoopDisk(final Path folder, final Path image, final String device, final Path mount) {
        this.folder = folder;
        this.image = image;
        this.device = device;
        this.mount = mount;
    }

    public static void requireRootAndLoop() {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices");
    }

    /** ext4 with these options of mkfs and mount, words separated by blanks. */
    public static LoopDisk ext4(final String mkfsOptions, final String mountOptions) throws IOException {
        return make("mkfs.ext4 -q -F " + mkfsOptions, mountOptions);
    }

    /** ext4 on a disk that holds a canary wherever nothing was written: a byte that leaks has a colour. */
    public static LoopDisk paintedExt4() throws IOException {
        final Path folder = Files.createTempDirectory("livemr-disk");
        final Path image = folder.resolve("image");
        run("sh", "-c", "head -c 400M /dev/zero | tr '\\0' '\\252' > " + image);
        run("mkfs.ext4", "-q", "-F", "-E", "nodiscard", image.toString());
        return mount(folder, image, run("losetup", "--find", "--show", image.toString()).trim(), "");
    }

    public static LoopDisk make(final String mkfs, final String mountOptions) throws IOException {
        final Path folder = Files.createTempDirectory("livemr-disk");
        final Path image = folder.resolve("image");
        run("truncate", "-s", "400M", image.toString());
        final List<String> command = new ArrayList<>(List.of(mkfs.trim().split(" +")));
        command.add(image.toString());
        run(command.toArray(String[]::new));
        return mount(folder, image, run("losetup", "--find", "--show", image.toString()).trim(), mountOptions);
    }

    /** ext4 in a partition. The kernel is told of it directly, so that it need not know any partition table. */
    public static LoopDisk ext4InPartition(final int startSector, final int sectors) throws IOException {
        final Path folder = Files.createTempDirectory("livemr-disk");
        final Path image = folder.resolve("image");
        run("truncate", "-s", "400M", image.toString());
        final String device = run("losetup", "--find", "--show", image.toString()).trim();
        run("addpart", device, "1", String.valueOf(startSector), String.valueOf(sectors));
        run("mkfs.ext4", "-q", "-F", device + "p1");
        return mount(folder, image, device, device + "p1", "");
    }

    private static LoopDisk mount(
            final Path folder, final Path image, final String device, final String mountOptions) throws IOException {
        return mount(folder, image, device, device, mountOptions);
    }

    private static LoopDisk mount(
            final Path folder, final Path image, final String device, final String node, final String mountOptions)
            throws IOException {
        final Path mount = Files.createDirectory(folder.resolve("mount"));
        run("mount", "-o", mountOptions.isEmpty() ? "defaults" : mountOptions, node, mount.toString());
        return new LoopDisk(folder, image, device, mount);
    }

    public Path mount() {
        return mount;
    }

    public Path image() {
        return image;
    }

    public String device() {
        return device;
    }

    /** What the disk's image holds: read from below the loop device, as a host reads a guest's disk. */
    public byte[] readSectors(final long startSector, final int lengthBytes) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(image.toFile(), "r")) {
            final byte[] bytes = new byte[lengthBytes];
            in.seek(startSector * 512);
            in.readFully(bytes);
            return bytes;
        }
    }

    /** What a map says that the file holds. */
    public byte[] bytesOf(final CommittedMap map) throws IOException {
        final byte[] all = new byte[Math.toIntExact(map.extents().endBytes())];
        for (final Extent extent : map.extents().extents()) {
            if (!extent.isZeros()) {
                System.arraycopy(readSectors(extent.startSector(), (int) extent.lengthBytes()), 0,
                        all, (int) extent.fileOffsetBytes(), (int) extent.lengthBytes());
            }
        }
        return Arrays.copyOf(all, (int) map.lengthBytes());
    }

    public static String run(final String... command) throws IOException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (final InterruptedException e) {
            throw new IOException(e);
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        run("sh", "-c", "chattr -R -a " + mount + " 2>/dev/null; umount " + mount + " || umount -l " + mount);
        if (Files.exists(Path.of(device + "p1"))) {
            run("delpart", device, "1");
        }
        run("losetup", "-d", device);
        run("rm", "-rf", folder.toString());
    }
}
