package io.livemr.system.guest;

import io.livemr.composer.file.FileState;
import io.livemr.composer.file.SourceView;
import io.livemr.composer.fsmap.KernelFiles;
import io.livemr.composer.grant.MapWay;
import io.livemr.composer.image.FileView;
import io.livemr.composer.image.FileView.Access;
import io.livemr.composer.image.GuestDisk;
import io.livemr.composer.image.ImageDisk;
import io.livemr.composer.image.Lease;
import io.livemr.composer.image.MapGuard;
import io.livemr.extent.Extent;
import io.livemr.extent.ExtentMap;
import io.livemr.extent.qcow2.ImageSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Plays a composer's part on a machine whose kernel has fsmapcreate: shows raw images' blocks by {@link KernelFiles} and looks at the files
 * as any program would.
 *
 * <pre>  java KernelNode FOLDER SEED SCENARIO  </pre>
 *
 * FOLDER is on ext4. Ends with 0 if all was as it should be. What is read is compared with the images' own bytes.
 */
public final class KernelNode {
    private static final int BLOCK_BYTES = 4096;
    private static final int IMAGE_BLOCKS = 1024;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String NAME = "livemr_00000000000000aa";

    private final Path folder;
    private final Random random;
    private final Lease lease = new Lease(System::nanoTime, () -> false);
    private final AtomicReference<List<SourceView>> sources = new AtomicReference<>(List.of());
    private final List<Process> writers = new ArrayList<>();
    private long fence;

    private KernelNode(final Path folder, final long seed) {
        this.folder = folder;
        this.random = new Random(seed);
        lease.renewUntil(System.nanoTime() + TimeUnit.HOURS.toNanos(1));
    }

    public static void main(final String[] args) throws Exception {
        final KernelNode node = new KernelNode(Path.of(args[0]), Long.parseLong(args[1]));
        try {
            node.play(args[2]);
        } finally {
            node.writers.forEach(Process::destroyForcibly);
        }
        System.out.println("done " + args[2]);
    }

    private void play(final String scenario) throws Exception {
        switch (scenario) {
            case "grow" -> grow();
            case "images" -> images();
            case "withdraw" -> withdraw();
            case "refuse" -> refuse();
            case "inactive" -> inactive();
            case "killed" -> killed();
            case "hold" -> hold();
            case "write" -> write();
            default -> throw new IllegalArgumentException("no scenario " + scenario);
        }
    }

    // ---- scenarios

    /** One more fragment, or a longer last one, a hundred times; past 64 there must be another file, and every byte the image's. */
    private void grow() throws Exception {
        final Path image = image("a");
        final GuestDisk disk = written(image);
        try (KernelFiles files = open()) {
            ExtentMap extents = ExtentMap.EMPTY;
            long length = 0;
            for (int step = 0; step < 100; step++) {
                extents = extents.with(new Extent((long) step * BLOCK_BYTES, sector(step * 7 % IMAGE_BLOCKS), BLOCK_BYTES));
                length = (long) step * BLOCK_BYTES + 1 + random.nextInt(BLOCK_BYTES);
                show(files, source(extents, length, disk));
                length = (step + 1L) * BLOCK_BYTES;
                show(files, source(extents, length, disk));
                same(read(files), expected(image, extents, length), "after growth " + step);
            }
            require(files.paths(NAME).size() == 2, "100 fragments are in " + files.paths(NAME));
        }
        require(!Files.exists(shown()), "the file outlived its composer");
    }

    /** Two sources on two images, of which the first ends inside a block. */
    private void images() throws Exception {
        final Path one = image("a");
        final Path two = image("b");
        final ExtentMap first = ExtentMap.of(List.of(new Extent(0, sector(3), 2 * BLOCK_BYTES)));
        final ExtentMap second = ExtentMap.of(List.of(new Extent(0, sector(9), 5 * BLOCK_BYTES)));
        try (KernelFiles files = open()) {
            show(files, source(first, BLOCK_BYTES + 77, written(one)), source(second, 4 * BLOCK_BYTES + 5, written(two)));
            final ByteArrayOutputStream want = new ByteArrayOutputStream();
            want.write(expected(one, first, BLOCK_BYTES + 77));
            want.write(expected(two, second, 4 * BLOCK_BYTES + 5));
            same(read(files), want.toByteArray(), "two images");
        }
    }

    /** When the call has returned, no read that begins after it gets a byte, whatever the reader had open. */
    private void withdraw() throws Exception {
        final Path image = image("a");
        final GuestDisk disk = written(image);
        final ExtentMap extents = ExtentMap.of(List.of(new Extent(0, sector(0), 64 * BLOCK_BYTES)));
        try (KernelFiles files = open()) {
            for (int round = 0; round < 30; round++) {
                show(files, source(extents, 64 * BLOCK_BYTES, disk));
                final AtomicBoolean over = new AtomicBoolean();
                final AtomicLong late = new AtomicLong();
                final AtomicLong good = new AtomicLong();
                final Thread reader = new Thread(() -> readUntilRefused(over, good, late));
                reader.start();
                while (good.get() < 3) {
                    Thread.onSpinWait();
                }
                sources.set(List.of(new SourceView(FileView.closed(++fence, Access.STALE, "announcing"), MapWay.CHANNEL, 64 * BLOCK_BYTES)));
                files.state(NAME, FileState.STALE, "announcing");
                over.set(true);
                reader.join();
                require(late.get() == 0, late + " reads got bytes after the withdrawal, round " + round);
                require(files.paths(NAME).isEmpty() && !Files.exists(shown()), "it is shown still");
                fence++;
            }
        }
    }

    private void readUntilRefused(final AtomicBoolean over, final AtomicLong good, final AtomicLong late) {
        try (FileChannel channel = FileChannel.open(shown(), StandardOpenOption.READ)) {
            final ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK_BYTES);
            while (true) {
                final boolean begunAfter = over.get();
                if (channel.read(buffer.clear(), (good.get() % 64) * BLOCK_BYTES) <= 0) {
                    late.incrementAndGet();   // an end of file is no error: it would pass for the file's own
                    return;
                }
                good.incrementAndGet();
                if (begunAfter) {
                    late.incrementAndGet();
                    return;
                }
            }
        } catch (final IOException e) {
            require(over.get() || !Files.exists(shown()), "refused while it was shown: " + e.getMessage());
        }
    }

    private void refuse() throws Exception {
        final GuestDisk disk = written(image("a"));
        final ExtentMap whole = ExtentMap.of(List.of(new Extent(0, sector(0), 8 * BLOCK_BYTES)));
        final ExtentMap hole = ExtentMap.of(List.of(new Extent(0, sector(0), BLOCK_BYTES), Extent.zeros(BLOCK_BYTES, BLOCK_BYTES)));
        ExtentMap scattered = ExtentMap.EMPTY;
        for (int i = 0; i <= 64 * 64; i++) {
            scattered = scattered.with(new Extent((long) i * 512, (i * 2L) % (IMAGE_BLOCKS * 8L), 512));
        }
        try (KernelFiles files = open()) {
            refused(files, "hole", source(hole, 2 * BLOCK_BYTES, disk));
            refused(files, "too_many_segments", source(scattered, (64 * 64 + 1) * 512, disk));
            refused(files, "image_not_raw", source(whole, 8 * BLOCK_BYTES, movable(disk)));
            refused(files, "not_pinned", new SourceView(source(whole, 8 * BLOCK_BYTES, disk).view(), MapWay.DISK, 8 * BLOCK_BYTES));
            show(files, source(whole, 8 * BLOCK_BYTES, disk));
        }
    }

    /** QEMU goes to another image, and comes back. */
    private void inactive() throws Exception {
        final Path image = image("a");
        final GuestDisk disk = written(image);
        final ExtentMap extents = ExtentMap.of(List.of(new Extent(0, sector(0), 8 * BLOCK_BYTES)));
        try (KernelFiles files = open()) {
            show(files, source(extents, 8 * BLOCK_BYTES, disk));
            writers.get(0).destroyForcibly().waitFor();
            await(() -> {
                files.tick();
                return "image_not_active".equals(files.obstacle(NAME)) && !Files.exists(shown());
            }, "an image that nobody writes is shown");
            writers.add(writer(image));
            await(() -> {
                files.tick();
                return files.obstacle(NAME) == null;
            }, "an image that is written again is not shown");
            same(read(files), expected(image, extents, 8 * BLOCK_BYTES), "after the return");
        }
    }

    private void killed() throws Exception {
        final Process holder = start("hold");
        final String said = firstLine(holder);
        require(said.equals("holding"), "the holder said " + said);
        try (FileChannel channel = FileChannel.open(shown(), StandardOpenOption.READ)) {
            final ByteBuffer buffer = ByteBuffer.allocate(BLOCK_BYTES);
            require(channel.read(buffer, 0) == BLOCK_BYTES, "not readable while it was held");
            holder.destroyForcibly().waitFor();
            unreadable(channel);
        }
        try (FileChannel again = FileChannel.open(shown(), StandardOpenOption.READ)) {
            unreadable(again);
        }
        open().close();
        require(!Files.exists(shown()), "a new composer left its predecessor's file");
    }

    private static void unreadable(final FileChannel channel) throws IOException {
        try {
            final int count = channel.read(ByteBuffer.allocate(BLOCK_BYTES), 0);
            throw new IllegalStateException("read " + count + " bytes of a file whose holder was killed");
        } catch (final IOException e) {
            require(e.getMessage().contains("Input/output error"), "refused otherwise: " + e.getMessage());
        }
    }

    private void hold() throws Exception {
        final GuestDisk disk = written(image("a"));
        final KernelFiles files = open();
        show(files, source(ExtentMap.of(List.of(new Extent(0, sector(0), 8 * BLOCK_BYTES))), 8 * BLOCK_BYTES, disk));
        System.out.println("holding");
        System.in.read();
        files.close();
    }

    /** Holds the lock that QEMU holds on an image it writes to. */
    private void write() throws Exception {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.lock(101, 1, true);
            System.out.println("writing");
            System.in.read();
        }
    }

    // ---- what they are made of

    private KernelFiles open() throws IOException {
        return KernelFiles.open(folder.resolve("shown"), 0, name -> sources.get());
    }

    private Path shown() {
        return folder.resolve("shown").resolve(NAME);
    }

    /** Every word of an image says which image it is of and where it stands. */
    private Path image(final String name) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(IMAGE_BLOCKS * BLOCK_BYTES);
        while (bytes.hasRemaining()) {
            bytes.putLong(((long) name.charAt(0) << 48) | bytes.position());
        }
        return Files.write(folder.resolve(name + ".raw"), bytes.array());
    }

    private GuestDisk written(final Path image) throws Exception {
        writers.add(writer(image));
        return ImageDisk.open("vdb", ImageSpec.raw(image), List.of(folder));
    }

    private Process writer(final Path image) throws Exception {
        final Process writer = start(image, "write");
        final String said = firstLine(writer);
        require(said.equals("writing"), "the writer said " + said);
        return writer;
    }

    private Process start(final String scenario) throws IOException {
        return start(folder, scenario);
    }

    private static Process start(final Path subject, final String scenario) throws IOException {
        return new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "-cp", System.getProperty("java.class.path"), KernelNode.class.getName(), subject.toString(), "1", scenario)
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static String firstLine(final Process process) throws IOException {
        final StringBuilder line = new StringBuilder();
        final InputStream in = process.getInputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    /** A disk of which nobody knows whether sectors stay where they are. */
    private static GuestDisk movable(final GuestDisk disk) {
        return (GuestDisk) java.lang.reflect.Proxy.newProxyInstance(GuestDisk.class.getClassLoader(), new Class<?>[] {GuestDisk.class},
            (proxy, method, args) -> method.getName().equals("keepsOffsets") ? Boolean.FALSE : method.invoke(disk, args));
    }

    private static long sector(final int block) {
        return (long) block * (BLOCK_BYTES / Extent.SECTOR_BYTES);
    }

    private SourceView source(final ExtentMap extents, final long lengthBytes, final GuestDisk disk) {
        return new SourceView(
            new FileView(fence, Access.OPEN, null, extents, lengthBytes, disk, MapGuard.NONE, lease), MapWay.CHANNEL, lengthBytes);
    }

    private void show(final KernelFiles files, final SourceView... now) throws Exception {
        final long length = Arrays.stream(now).mapToLong(SourceView::lengthBytes).sum();
        sources.set(List.of(now));
        files.state(NAME, FileState.LIVE, null);
        await(() -> files.obstacle(NAME) == null && lengthOf(files) == length, "not shown: " + length + " bytes, " + files.obstacle(NAME));
    }

    private void refused(final KernelFiles files, final String reason, final SourceView now) throws Exception {
        fence++;
        sources.set(List.of(new SourceView(new FileView(fence, Access.OPEN, null, now.view().extents(), now.lengthBytes(), now.view().disk(),
            MapGuard.NONE, lease), now.way(), now.lengthBytes())));
        files.state(NAME, FileState.LIVE, null);
        await(() -> reason.equals(files.obstacle(NAME)), "not refused as " + reason + " but " + files.obstacle(NAME));
        require(files.paths(NAME).isEmpty() && !Files.exists(shown()), "refused and shown: " + reason);
        fence++;
    }

    private static void await(final Callable<Boolean> condition, final String otherwise) throws Exception {
        final long end = System.nanoTime() + LIMIT_NANOS;
        while (!condition.call()) {
            require(System.nanoTime() - end < 0, otherwise);
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static long lengthOf(final KernelFiles files) throws IOException {
        long length = 0;
        for (final Path path : files.paths(NAME)) {
            length += Files.size(path);
        }
        return length;
    }

    private static byte[] read(final KernelFiles files) throws IOException {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (final Path path : files.paths(NAME)) {
            all.write(Files.readAllBytes(path));
        }
        return all.toByteArray();
    }

    private static byte[] expected(final Path image, final ExtentMap extents, final long lengthBytes) throws IOException {
        final byte[] whole = Files.readAllBytes(image);
        final byte[] file = new byte[(int) extents.endBytes()];
        for (final Extent extent : extents.extents()) {
            System.arraycopy(whole, (int) extent.startSector() * Extent.SECTOR_BYTES, file, (int) extent.fileOffsetBytes(), (int) extent.lengthBytes());
        }
        return Arrays.copyOf(file, (int) lengthBytes);
    }

    private static void same(final byte[] found, final byte[] wanted, final String what) {
        final int at = Arrays.mismatch(found, wanted);
        require(at < 0, what + ": differs at byte " + at + " of " + wanted.length);
    }

    private static void require(final boolean good, final String otherwise) {
        if (!good) {
            throw new IllegalStateException(otherwise);
        }
    }
}
