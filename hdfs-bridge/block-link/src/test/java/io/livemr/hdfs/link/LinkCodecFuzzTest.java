package io.livemr.hdfs.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Link records: {@code scripts/fuzz.sh} mutates them, led by coverage; else what lies in the resources is tried. */
class LinkCodecFuzzTest {

    @FuzzTest
    void shouldDecodeNothingButWhatItWouldEncode(final byte[] bytes) {
        try {
            assertThat(LinkCodec.encode(LinkCodec.decode(bytes))).isEqualTo(bytes);
        } catch (final IOException refused) {
            assertThat(refused).hasMessageContaining("link record");
        }
    }
}
