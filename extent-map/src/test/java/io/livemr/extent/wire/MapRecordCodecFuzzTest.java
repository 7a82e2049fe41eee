package io.livemr.extent.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Map records: {@code scripts/fuzz.sh} mutates them, led by coverage; else what lies in the resources is tried. */
class MapRecordCodecFuzzTest {

    private static final long DISK_SECTORS = 1L << 21;

    @FuzzTest
    void shouldDecodeNothingButWhatItWouldEncodeWithinTheDisk(final byte[] bytes) {
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            final int at = in.position();
            try {
                requireRight(MapRecordCodec.decode(in, DISK_SECTORS), Arrays.copyOfRange(bytes, at, at + MapRecordCodec.RECORD_BYTES));
            } catch (final RejectedRecordException rejected) {
                if (in.position() == at) {
                    return;
                }
            }
        }
    }

    private static void requireRight(final MapRecord record, final byte[] bytes) {
        final ByteBuffer again = ByteBuffer.allocate(MapRecordCodec.RECORD_BYTES);
        MapRecordCodec.encode(record, again);
        assertThat(again.array()).isEqualTo(bytes);
        if (record.operation() == Operation.DATA) {
            assertThat(record.startSector()).isBetween(0L, DISK_SECTORS - 1);
            assertThat(record.sectors()).isBetween(1L, DISK_SECTORS - record.startSector());
        }
    }
}
