package io.livemr.composer.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.composer.Seeds;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameReaderTest {

    /** "LMRQ", DISK, version 1, disk 0x0102, 3 bytes, 0, revocations 5, sectors 2048, "sda". */
    private static final String DISK = "4c4d5251" + "01" + "01" + "0102" + "00000003" + "00000000" + "0000000000000005"
            + "0000000000000800" + "736461";
    private static final String LOST = "4c4d5251" + "03" + "01" + "ffff" + "00000000" + "00000000" + "ffffffffffffffff"
            + "0000000000000000";

    /** Gives at most three bytes a read, as a socket may. */
    private static FrameReader reader(final byte[] bytes) {
        final ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        return new FrameReader(new ReadableByteChannel() {
            @Override
            public int read(final ByteBuffer target) throws IOException {
                final byte[] some = in.readNBytes(Math.min(3, target.remaining()));
                target.put(some);
                return some.length == 0 ? -1 : some.length;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
            }
        });
    }

    private static FrameReader reader(final String hex) {
        return reader(HexFormat.of().parseHex(hex));
    }

    @Test
    void shouldReadFramesOneAfterAnother() throws Exception {
        final FrameReader reader = reader(DISK + LOST);

        final Frame disk = reader.next();
        assertThat(disk).returns(Frame.Type.DISK, Frame::type).returns(0x0102, Frame::disk).returns(5L, Frame::revocations)
                .returns(2_048L, Frame::sectors);
        assertThat(new String(disk.payload().array(), 0, disk.payload().remaining())).isEqualTo("sda");
        assertThat(reader.next()).returns(Frame.Type.LOST, Frame::type).returns(0xFFFF, Frame::disk).returns(-1L, Frame::revocations);
        assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "4c4d5251,4c4d5247,malformed", "00000000,00000001,malformed", "0101010,0102010,bad_version", "51010101,51000101,unknown_type",
        "51010101,51040101,unknown_type", "00000003,00000000,malformed", "00000003,00000100,malformed", "00000003,ffffffff,malformed",
        "51010101,51020101,malformed", "51010101,51030101,malformed"})
    void shouldRejectWhatIsNoFrame(final String part, final String instead, final String reason) {
        assertThatThrownBy(() -> reader(DISK.replaceFirst(part, instead)).next()).isInstanceOfSatisfying(
                RejectedRecordException.class, rejected -> assertThat(rejected.reason().tag()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({"00000000,", "00000040,", "00010000,", "00010040,malformed", "00000041,malformed"})
    void shouldTakeWholeRecordsUpToTheLimit(final String payloadBytes, final String reason) {
        final String frame = LOST.replaceFirst("4c4d525103", "4c4d525102").replaceFirst("0{8}", payloadBytes);
        final FrameReader reader = reader(frame + "00".repeat(70_000));

        if (reason == null) {
            assertThat(next(reader)).isEqualTo("RECORDS " + Integer.parseInt(payloadBytes, 16));
        } else {
            assertThat(next(reader)).isEqualTo(reason);
        }
    }

    private static String next(final FrameReader reader) {
        try {
            final Frame frame = reader.next();
            return frame.type() + " " + frame.payload().remaining();
        } catch (final RejectedRecordException e) {
            return e.reason().tag();
        } catch (final IOException e) {
            return "end";
        }
    }

    /** G1. Whole frames of which some bytes were changed: nothing but a frame, a reason or the end comes out. */
    @Test
    void shouldAnswerAnyBytesWithAFrameOrAReason() {
        final Random random = Seeds.random("FrameReaderTest");
        final byte[] frames = HexFormat.of().parseHex(DISK + LOST + DISK);
        int whole = 0;
        for (int round = 0; round < 200_000; round++) {
            final byte[] bytes = Arrays.copyOf(frames, random.nextInt(frames.length + 1));
            for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(5));
            }
            final FrameReader reader = reader(bytes);
            for (String got = next(reader); got.contains(" "); got = next(reader)) {
                whole++;
            }
        }
        assertThat(whole).as("many must get through the checks").isGreaterThan(50_000);
    }
}
