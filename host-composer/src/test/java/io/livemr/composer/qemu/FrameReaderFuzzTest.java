package io.livemr.composer.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;

/** A stream of frames: {@code scripts/fuzz.sh} mutates it, led by coverage; else what lies in the resources is tried. */
class FrameReaderFuzzTest {

    @FuzzTest
    void shouldGiveFramesWithinTheirLimitsOrEnd(final byte[] bytes) throws IOException {
        final FrameReader reader = new FrameReader(Channels.newChannel(new ByteArrayInputStream(bytes)));
        try {
            while (true) {
                final Frame frame = reader.next();
                assertThat(frame.payload().remaining()).isLessThanOrEqualTo(FrameReader.PAYLOAD_LIMIT_BYTES);
            }
        } catch (final RejectedRecordException wrong) {
            assertThat(wrong.reason()).isNotNull();
        } catch (final EOFException end) {
            assertThat(end).hasMessageContaining("closed");
        }
    }
}
