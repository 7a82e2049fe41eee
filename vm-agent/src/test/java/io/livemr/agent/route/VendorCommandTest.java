package io.livemr.agent.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.agent.disk.DiskIdentity;
import io.livemr.agent.kernel.KernelException;
import io.livemr.agent.kernel.ScsiException;
import io.livemr.agent.kernel.SenseData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorCommandTest {

    private static final Path NODE = Path.of("/dev/sdb");
    private static final SenseData RESET = new SenseData(6, 0x29, 0);

    private final List<String> commands = new ArrayList<>();
    private final Deque<IOException> answers = new ArrayDeque<>();
    private final VendorCommand command = new VendorCommand(false, this::answer);

    @ParameterizedTest
    @CsvSource({"0, c5010000000000000000", "1, c5010000000000004000", "1024, c5010000000001000000"})
    void shouldSayHowLongTheListIs(final int records, final String wanted) throws IOException {
        command.send(disk("QEMU"), new byte[64 * records]);

        assertThat(commands).containsExactly(wanted);
    }

    @Test
    void shouldSendAgainWhatAResetHasEaten() throws IOException {
        answers.add(new ScsiException("x", RESET));
        answers.add(new ScsiException("x", RESET));

        command.send(disk("QEMU"), new byte[64]);

        assertThat(commands).hasSize(3);
    }

    @Test
    void shouldGiveUpOnADiskThatIsResetWithoutEnd() {
        for (int i = 0; i < 10; i++) {
            answers.add(new ScsiException("x", RESET));
        }

        assertThatThrownBy(() -> command.send(disk("QEMU"), new byte[64])).isInstanceOf(ScsiException.class);
        assertThat(commands).hasSize(3);
    }

    @Test
    void shouldTakeAnInvalidOperationCodeOrNoScsiDiskForNoSuchWay() {
        answers.add(new ScsiException("x", new SenseData(5, 0x20, 0)));
        answers.add(new KernelException("SG_IO", "/dev/sdb", KernelException.ENOTTY));

        assertThatThrownBy(() -> command.send(disk("QEMU"), new byte[0])).isInstanceOf(WayGoneException.class);
        assertThatThrownBy(() -> command.send(disk("QEMU"), new byte[0])).isInstanceOf(WayGoneException.class);
    }

    @ParameterizedTest
    @CsvSource({"33", "36", "38"})      // LBA out of range, invalid field in CDB, in parameter list
    void shouldKeepTheWayWhenOnlyAListWasRejected(final int code) {
        answers.add(new ScsiException("x", new SenseData(5, code, 0)));

        assertThatThrownBy(() -> command.send(disk("QEMU"), new byte[64]))
                .isInstanceOf(ScsiException.class).hasMessageContaining("5/" + Integer.toHexString(code) + "/00");
        assertThat(commands).hasSize(1);
    }

    @Test
    void shouldNotTryItsCommandOnRealHardwareUnlessToldTo() {
        assertThatThrownBy(() -> command.send(disk("SEAGATE"), new byte[0])).isInstanceOf(WayGoneException.class);
        assertThatThrownBy(() -> command.send(disk(null), new byte[0])).isInstanceOf(WayGoneException.class);
        assertThat(commands).isEmpty();

        assertThatCode(() -> new VendorCommand(true, this::answer).send(disk("SEAGATE"), new byte[0]))
                .doesNotThrowAnyException();
    }

    private void answer(final Path node, final byte[] cdb, final byte[] data) throws IOException {
        assertThat(node).isEqualTo(NODE);
        commands.add(HexFormat.of().formatHex(cdb));
        final IOException failure = answers.poll();
        if (failure != null) {
            throw failure;
        }
    }

    private static DiskIdentity disk(final String vendor) {
        return new DiskIdentity("data", "0:0:0:0", null, 2_048, vendor, NODE);
    }
}
