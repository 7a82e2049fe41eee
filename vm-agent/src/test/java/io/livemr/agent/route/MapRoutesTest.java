package io.livemr.agent.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.agent.denial.DeniedException;
import io.livemr.agent.disk.DiskIdentity;
import io.livemr.agent.disk.DiskLayout;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.kernel.Descriptor;
import io.livemr.agent.kernel.KernelException;
import io.livemr.agent.map.MapWay;
import io.livemr.extent.FileId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A kernel that answers with an errno, and a disk that takes the command or not. */
class MapRoutesTest {

    private static final int GOOD = 0;
    private static final int ENOTTY = KernelException.ENOTTY;
    private static final GuestFile FILE = new GuestFile("/data/log", new FileId(new UUID(1, 2), 12, 7), null,
            new DiskLayout(new DiskIdentity("data", null, null, 2_048, "QEMU", Path.of("/dev/sdb")), List.of()));

    @ParameterizedTest
    @CsvSource({
        "0, true, KERNEL",
        "25, true, DISK", "95, true, DISK",         // stock kernel; this file or device cannot
        "0, false, CHANNEL",                        // patched guest on a stock QEMU
        "25, false, CHANNEL"})
    void shouldTakeTheStrongestWayThatIsThere(final int errno, final boolean taken, final MapWay wanted) throws Exception {
        assertThat(routes("auto", errno, taken).choose(FILE).way()).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({"channel, CHANNEL", "disk, DISK", "kernel, KERNEL"})
    void shouldTakeTheOnlyWayThatIsAllowed(final String choice, final MapWay wanted) throws Exception {
        assertThat(routes(choice, GOOD, true).choose(FILE).way()).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({"disk", "kernel"})
    void shouldDenyByNameWhenTheOnlyWayIsNotThere(final String choice) {
        assertThatThrownBy(() -> routes(choice, ENOTTY, false).choose(FILE))
                .isInstanceOf(DeniedException.class).hasMessageContaining("/data/log: --maps=" + choice + " is not there");
    }

    @Test
    void shouldNameTheChoicesWhenItIsNone() {
        assertThatThrownBy(() -> routes("fastest", GOOD, true)).hasMessageContaining("auto, channel, disk, kernel");
    }

    @ParameterizedTest
    @CsvSource({
        "auto, CHANNEL, DISK", "auto, DISK, DISK", "auto, KERNEL, KERNEL",
        "disk, CHANNEL, DISK", "kernel, CHANNEL, DISK",
        "channel, CHANNEL, CHANNEL", "channel, DISK, CHANNEL", "channel, KERNEL, KERNEL"})
    void shouldKeepPinnedWhatWasAndLeaveToTheKernelWhatWas(
            final String choice, final MapWay before, final MapWay wanted) throws Exception {
        assertThat(routes(choice, GOOD, true).again(FILE, before).way()).isEqualTo(wanted);
    }

    @Test
    void shouldFallToAWeakerWayWhenTheOneOfAGrantIsGone() throws Exception {
        assertThat(routes("auto", ENOTTY, true).again(FILE, MapWay.KERNEL).way()).isEqualTo(MapWay.DISK);
        assertThat(routes("kernel", ENOTTY, false).again(FILE, MapWay.KERNEL).way()).isEqualTo(MapWay.CHANNEL);
    }

    @Test
    void shouldNotTakeTheSameWayAgainWhenItHasGone() throws Exception {
        assertThat(routes("auto", GOOD, true).below(FILE, MapWay.KERNEL).way()).isEqualTo(MapWay.DISK);
        assertThat(routes("auto", GOOD, true).below(FILE, MapWay.DISK).way()).isEqualTo(MapWay.CHANNEL);
        assertThatThrownBy(() -> routes("disk", GOOD, true).below(FILE, MapWay.DISK)).isInstanceOf(DeniedException.class);
    }

    private static MapRoutes routes(final String choice, final int errno, final boolean taken) {
        return new MapRoutes(choice, new AnsweringKernel(errno), (disk, records) -> {
            assertThat(records).isEmpty();
            if (!taken) {
                throw new WayGoneException("/dev/sdb does not take map records", null);
            }
        }, null);
    }

    private record AnsweringKernel(int errno) implements KernelMaps {

        @Override
        public void announce(final Descriptor file, final long epoch) {
            throw new AssertionError("a question must not announce");
        }

        @Override
        public void withdraw(final Descriptor file) {
            throw new AssertionError("a question must not withdraw what is announced for somebody else");
        }

        @Override
        public void probe(final Descriptor file) throws IOException {
            if (errno != GOOD) {
                throw new KernelException("ANNOUNCE", "x", errno);
            }
        }
    }
}
