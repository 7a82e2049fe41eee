package io.livemr.agent.grant;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.agent.kernel.FileStat;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantXattrTest {

    private static final GrantXattr VALUE = new GrantXattr(1_000, 42, 0xFFFF_FFFEL,
            List.of(new GrantXattr.Entry("ana", 2_000), new GrantXattr.Entry("bob", 3_000)));

    @Test
    void shouldLookAsTheProtocolDrawsIt() {
        assertThat(HexFormat.of().formatHex(VALUE.encode())).isEqualTo(
                "4c4d5231" + "000003e8" + "000000000000002a" + "fffffffe" + "00000002" + "0000000000000bb8"
                        + "00000000000007d0" + "0003" + "616e61" + "0000000000000bb8" + "0003" + "626f62");
    }

    @Test
    void shouldReadWhatItWrote() {
        assertThat(GrantXattr.decode(VALUE.encode())).contains(VALUE);
    }

    @Test
    void shouldBeVoidWhenCutOffAnywhereOrTooLong() {
        final byte[] whole = VALUE.encode();
        for (int length = 0; length < whole.length; length++) {
            assertThat(GrantXattr.decode(Arrays.copyOf(whole, length))).isEmpty();
        }
        assertThat(GrantXattr.decode(Arrays.copyOf(whole, whole.length + 1))).isEmpty();
    }

    @Test
    void shouldFitOnlyItsOwnFileOwnerAndTime() {
        assertThat(VALUE.fits(stat(1_000, 42), 0xFFFF_FFFEL, 2_999)).isTrue();
        assertThat(VALUE.fits(stat(1_001, 42), 0xFFFF_FFFEL, 2_999)).isFalse();
        assertThat(VALUE.fits(stat(1_000, 43), 0xFFFF_FFFEL, 2_999)).isFalse();
        assertThat(VALUE.fits(stat(1_000, 42), 0xFFFF_FFFDL, 2_999)).isFalse();
        assertThat(VALUE.fits(stat(1_000, 42), 0xFFFF_FFFEL, 3_000)).isFalse();
    }

    private static FileStat stat(final long uid, final long inode) {
        return new FileStat(1, uid, 0x8000, inode, 0, 0, 8, 1);
    }
}
