package io.livemr.composer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.composer.file.ReadRefusedException;
import io.livemr.composer.image.FileView.Access;
import io.livemr.extent.Extent;
import io.livemr.extent.ExtentMap;
import io.livemr.extent.qcow2.HostRange;
import io.livemr.extent.qcow2.Translation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The order in which a read asks QEMU, the tables and the view: what would take luck to hit with threads is made to happen at one step of
 * the read, named by who is asked there.
 */
class GuardOrderTest {

    private static final int LENGTH = 4_096;
    private static final byte OURS = 0x41;
    private static final byte CANARY = (byte) 0xEE;

    @TempDir
    private Path folder;
    private FileChannel image;
    private TestPage page;
    private final QemuGuard qemu = new QemuGuard();
    private final Lease lease = new Lease(System::nanoTime, () -> false);
    private FileView view;
    private Runnable whenTranslated = () -> { };
    private Runnable whenTablesAreComparedAgain = () -> { };
    private long slot;

    @BeforeEach
    void start() throws Exception {
        image = FileChannel.open(folder.resolve("image"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        paint(0, OURS);
        paint(1, OURS);
        page = TestPage.at(folder.resolve("page"));
        qemu.begin(page.opened());
        qemu.takenIn(0);
        lease.renewUntil(System.nanoTime() + 60_000_000_000L);
        view = open(1);
    }

    @AfterEach
    void stop() throws Exception {
        image.close();
    }

    private void paint(final long inSlot, final byte colour) {
        final byte[] bytes = new byte[LENGTH];
        Arrays.fill(bytes, colour);
        try {
            image.write(ByteBuffer.wrap(bytes), inSlot * LENGTH);
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private FileView open(final long fence) {
        final ExtentMap extents = ExtentMap.of(List.of(new Extent(0, 0, LENGTH)));
        return new FileView(fence, Access.OPEN, null, extents, LENGTH, new Disk(), qemu.ofDisk(), lease);
    }

    /** The file is in one slot of the image; the tables say so whatever was done to the slot. */
    private final class Disk implements GuestDisk {

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
            final HostRange range = new HostRange(image, folder.resolve("image"), slot * LENGTH + offsetBytes, lengthBytes);
            once(whenTranslated);
            return new Translation(List.of(range), () -> {
                once(whenTablesAreComparedAgain);
                return true;
            });
        }

        private void once(final Runnable action) {
            whenTranslated = action == whenTranslated ? () -> { } : whenTranslated;
            whenTablesAreComparedAgain = action == whenTablesAreComparedAgain ? () -> { } : whenTablesAreComparedAgain;
            action.run();
        }

        @Override
        public boolean isWritten() {
            return true;
        }

        @Override
        public void close() {
        }
    }

    private byte[] read() throws ReadRefusedException {
        final ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        new GuardedReader(new GuardSettings(200, 8), ReadObserver.NONE).read(new ViewSource() {
            @Override
            public FileView view() {
                return view;
            }

            @Override
            public void awaitChange(final FileView seen, final long waitNanos) {
                Thread.onSpinWait();
            }
        }, 0, LENGTH, bytes);
        return bytes.array();
    }

    private static byte[] ours() {
        final byte[] bytes = new byte[LENGTH];
        Arrays.fill(bytes, OURS);
        return bytes;
    }

    private void assertRefused(final String reason) {
        assertThatThrownBy(this::read).isInstanceOfSatisfying(ReadRefusedException.class,
                refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void shouldAskForTheLayoutBeforeTheTables() throws Exception {
        whenTranslated = () -> {
            page.count(TestPage.LAYOUT, 2);
            paint(0, CANARY);
            slot = 1;
        };

        assertThat(read()).isEqualTo(ours());
    }

    @Test
    void shouldAskForTheLayoutAgainAfterTheBytes() throws Exception {
        whenTranslated = () -> paint(0, CANARY);
        whenTablesAreComparedAgain = () -> {
            page.count(TestPage.LAYOUT, 2);
            paint(0, OURS);
        };

        assertThat(read()).isEqualTo(ours());
    }

    @Test
    void shouldAskForRevocationsAfterTheBytes() {
        whenTranslated = () -> {
            page.count(TestPage.REVOCATIONS, 1);
            paint(0, CANARY);
        };

        assertRefused("revocation_pending");
    }

    /** A revocation that is taken in while the read goes on has closed the view: whoever asks for the view first misses it. */
    @Test
    void shouldAskForTheViewAfterTheRevocations() {
        final MapGuard real = qemu.ofDisk();
        final FileView seen = view;
        final int[] asked = new int[1];
        view = new FileView(1, Access.OPEN, null, seen.extents(), LENGTH, seen.disk(), () -> {
            final MapGuard.Moment moment = real.now();
            return () -> {
                if (++asked[0] == 2) {
                    page.count(TestPage.REVOCATIONS, 1);
                    view = FileView.closed(2, Access.STALE, "not_mapped");
                    qemu.takenIn(1);
                }
                return moment.obstacle();
            };
        }, lease);

        assertRefused("not_mapped");
    }

    @Test
    void shouldNotBeginWhileClustersMove() {
        page.count(TestPage.LAYOUT, 1);

        assertRefused("layout_changing");
    }

    @Test
    void shouldNotBeginBeforeAnythingWasHeardOnThisConnection() throws Exception {
        qemu.begin(page.opened());

        assertRefused("revocation_pending");
    }

    @Test
    void shouldNotHandOnWhatWasReadOverTwoConnections() throws Exception {
        whenTranslated = () -> {
            try {
                qemu.begin(page.opened());
                qemu.takenIn(0);
                paint(0, CANARY);
                slot = 1;
            } catch (final IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };

        assertThat(read()).isEqualTo(ours());
    }

    @Test
    void shouldHandOnNothingAfterTheConnectionIsOver() {
        qemu.end();

        assertRefused("map_channel_lost");
    }

    @Test
    void shouldHandOnNothingWhenThePageWasReplaced() throws Exception {
        Files.move(folder.resolve("page"), folder.resolve("old"));

        assertRefused("page_replaced");
    }

    /** Else one wrong file of a program of this host would end the composer, or a thread of it. */
    @Test
    void shouldOutliveAPageThatIsTruncated() throws Exception {
        Files.write(folder.resolve("page"), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);

        for (int i = 0; i < 20; i++) {
            assertRefused("page_replaced");
        }
    }
}
