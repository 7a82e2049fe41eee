package io.livemr.composer.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.composer.Seeds;
import io.livemr.composer.file.ReadRefusedException;
import io.livemr.composer.image.FileView.Access;
import io.livemr.extent.Extent;
import io.livemr.extent.ExtentMap;
import io.livemr.extent.qcow2.HostRange;
import io.livemr.extent.qcow2.Translation;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that moves the file's bytes about while it is being read. Every place the file has left is painted over with a canary, in one of the
 * ways the real world does it: after a revoke of the view, after the image moved the cluster, after QEMU went to another image, after a patched
 * QEMU said that clusters move, or that a map is void.
 */
class GuardedReaderTest {

    private static final int LENGTH = 64 * 1024;
    private static final int SLOTS = 8;
    private static final byte OURS = 0x41;
    private static final byte CANARY = (byte) 0xEE;

    @TempDir
    private Path folder;
    private FileChannel image;
    private MovingDisk disk;
    private TestPage page;
    private final QemuGuard qemu = new QemuGuard();
    private final Lease lease = new Lease(System::nanoTime, () -> false);
    private final AtomicReference<FileView> view = new AtomicReference<>();
    private final ViewSource source = new ViewSource() {
        @Override
        public FileView view() {
            return view.get();
        }

        @Override
        public void awaitChange(final FileView seen, final long waitNanos) {
            LockSupport.parkNanos(1_000);
        }
    };

    /** The virtual disk's only file lies in one of several slots of the image. */
    private final class MovingDisk implements GuestDisk {
        private volatile int slot;
        private volatile int generation;
        private volatile boolean written = true;

        @Override
        public long sectors() {
            return LENGTH / 512;
        }

        @Override
        public String target() {
            return "sda";
        }

        @Override
        public Translation translate(final long offsetBytes, final long lengthBytes) {
            final int fromGeneration = generation;
            final int fromSlot = slot;
            final HostRange range = new HostRange(image, folder.resolve("image"), (long) fromSlot * LENGTH + offsetBytes, lengthBytes);
            return new Translation(List.of(range), () -> slot == fromSlot && generation == fromGeneration);
        }

        @Override
        public boolean isWritten() {
            return written;
        }

        @Override
        public void close() {
        }
    }

    @BeforeEach
    void start() throws Exception {
        image = FileChannel.open(folder.resolve("image"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        disk = new MovingDisk();
        for (int slot = 0; slot < SLOTS; slot++) {
            paint(slot, slot == 0 ? OURS : CANARY);
        }
        lease.renewUntil(System.nanoTime() + 60_000_000_000L);
        page = TestPage.at(folder.resolve("page"));
        qemu.begin(page.opened());
        qemu.takenIn(0);
        open(1);
    }

    @AfterEach
    void stop() throws Exception {
        image.close();
    }

    private void paint(final int slot, final byte colour) throws Exception {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(LENGTH);
        while (bytes.hasRemaining()) {
            bytes.put(colour);
        }
        image.write(bytes.flip(), (long) slot * LENGTH);
    }

    private void open(final long fence) {
        view.set(new FileView(fence, Access.OPEN, null, ExtentMap.of(List.of(new Extent(0, 0, LENGTH))), LENGTH, disk, qemu.ofDisk(), lease));
    }

    private void close(final long fence) {
        view.set(FileView.closed(fence, Access.STALE, "resync"));
    }

    /** Moves the file to another slot, and only then paints over the old one, as a freed cluster would be. */
    private void move(final Random random, final long step) throws Exception {
        final int from = disk.slot;
        final int to = (from + 1 + random.nextInt(SLOTS - 1)) % SLOTS;
        switch (random.nextInt(7)) {
            case 5 -> {
                // QEMU frees the cluster, which the tables in the file name still, and another file of the guest has it for a while.
                page.count(TestPage.LAYOUT, 1);
                paint(from, CANARY);
                paint(from, OURS);
                page.count(TestPage.LAYOUT, 1);
            }
            case 6 -> {
                // The guest takes the map back and uses the block; the composer hears of it later.
                page.count(TestPage.REVOCATIONS, 1);
                paint(from, CANARY);
                LockSupport.parkNanos(random.nextInt(200_000));
                close(2 * step);
                qemu.takenIn(page.at(TestPage.REVOCATIONS));
                paint(from, OURS);
                open(2 * step + 1);
            }
            case 3 -> {
                // The guest frees the block after the acknowledged revoke and gives it to another file for a while.
                close(2 * step);
                paint(from, CANARY);
                paint(from, OURS);
                open(2 * step + 1);
            }
            case 4 -> {
                // QEMU goes to another image; the epoch rises when the composer finds out.
                disk.written = false;
                paint(from, CANARY);
                close(2 * step);
                paint(from, OURS);
                disk.written = true;
                open(2 * step + 1);
            }
            case 0 -> {
                close(2 * step);
                paint(to, OURS);
                disk.slot = to;
                paint(from, CANARY);
                open(2 * step + 1);
            }
            case 1 -> {
                paint(to, OURS);
                disk.generation++;
                disk.slot = to;
                paint(from, CANARY);
            }
            default -> {
                disk.written = false;
                paint(from, CANARY);
                paint(to, OURS);
                disk.slot = to;
                disk.generation++;
                disk.written = true;
            }
        }
    }

    @Test
    void shouldNeverHandOnAByteOfAPlaceTheFileHasLeft() throws Exception {
        final Random random = Seeds.random("GuardedReaderTest");
        final GuardedReader reader = new GuardedReader(new GuardSettings(1_000, 100), ReadObserver.NONE);
        final AtomicReference<String> wrong = new AtomicReference<>();
        final int[] answers = new int[2];
        final Thread[] readers = new Thread[answers.length];
        for (int i = 0; i < readers.length; i++) {
            final int me = i;
            readers[i] = new Thread(() -> answers[me] = hammer(reader, new Random(me), wrong));
            readers[i].start();
        }

        for (int step = 1; step < 3_000 && wrong.get() == null; step++) {
            move(random, step);
        }
        view.set(FileView.closed(Long.MAX_VALUE, Access.REVOKED, "owner_revoked"));
        for (final Thread thread : readers) {
            thread.join();
        }

        assertThat(wrong.get()).isNull();
        assertThat(answers[0] + answers[1]).isGreaterThan(100);
    }

    private static int check(final ByteBuffer bytes, final AtomicReference<String> wrong) {
        for (bytes.flip(); bytes.hasRemaining(); ) {
            if (bytes.get() != OURS) {
                wrong.set("canary at " + bytes.position());
            }
        }
        return 1;
    }

    /** Reads until the file is revoked. */
    private int hammer(final GuardedReader reader, final Random random, final AtomicReference<String> wrong) {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(LENGTH);
        int answered = 0;
        while (true) {
            final int length = 1 + random.nextInt(LENGTH);
            try {
                reader.read(source, random.nextInt(LENGTH - length + 1), length, bytes.clear());
                answered += check(bytes, wrong);
            } catch (final ReadRefusedException e) {
                if (e.errno() == 13) {
                    return answered;
                }
            }
        }
    }

    @Test
    void shouldRefuseWhenTheLeaseIsOver() {
        lease.drop();

        assertThat(refusal().reason()).isEqualTo("lease_over");
    }

    @Test
    void shouldLeaveTheDestinationWhereItWas() {
        disk.written = false;
        final ByteBuffer destination = ByteBuffer.allocate(100).position(7);

        assertThat(refusalInto(destination).reason()).isEqualTo("image_not_active");
        assertThat(destination.position()).isEqualTo(7);
    }

    private ReadRefusedException refusal() {
        return refusalInto(ByteBuffer.allocate(100));
    }

    private ReadRefusedException refusalInto(final ByteBuffer destination) {
        try {
            new GuardedReader(new GuardSettings(20, 8), ReadObserver.NONE).read(source, 0, 50, destination);
            throw new AssertionError("was answered");
        } catch (final ReadRefusedException e) {
            return e;
        }
    }
}
