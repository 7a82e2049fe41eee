package io.livemr.hdfs.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.hdfs.server.datanode.BlockMetadataHeader;
import org.apache.hadoop.util.DataChecksum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkCodecTest {

    private static final Link LINK = Link.of("livemr_00f1e2d3c4b5a697", 1L << 40, 134_217_728);

    @Test
    void shouldDecodeWhatItEncoded() throws IOException {
        assertThat(LinkCodec.decode(LinkCodec.encode(LINK))).isEqualTo(LINK);
    }

    @Test
    void shouldLookToStockHadoopLikeAMetaFileWithChecksums() throws IOException {
        final byte[] meta = LinkCodec.encode(LINK);

        final DataChecksum claimed = BlockMetadataHeader.readHeader(
            new DataInputStream(new ByteArrayInputStream(meta))).getChecksum();

        assertThat(claimed.getChecksumType()).isEqualTo(DataChecksum.Type.CRC32C);
        assertThat(claimed.getBytesPerChecksum()).isEqualTo(512);
        assertThat((meta.length - LinkCodec.HEADER_BYTES) % claimed.getChecksumSize())
            .as("no ordinary meta file has this length").isNotZero();
    }

    @Test
    void shouldNoticeAnyBitThatFlipped() {
        for (int bit = 0; bit < 8 * LinkCodec.META_BYTES; bit++) {
            final byte[] meta = LinkCodec.encode(LINK);
            meta[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> LinkCodec.decode(meta)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 43, 45})
    void shouldRefuseAnyOtherLength(int length) {
        assertThatThrownBy(() -> LinkCodec.decode(Arrays.copyOf(LinkCodec.encode(LINK), length)))
            .isInstanceOf(IOException.class).hasMessageContaining("not a link record");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "livemr_", "../livemr_00f1e2d3c4b5a697", "livemr_00f1e2d3c4b5a697/..",
        "livemr_00F1E2D3C4B5A697", "livemr_00f1e2d3c4b5a6977", "livemr_00f1e2d3c4b5a697\n", "/etc/shadow"})
    void shouldNameNoOtherFile(String name) {
        assertThatThrownBy(() -> ComposedName.idOf(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseARangeThatWraps() {
        assertThatThrownBy(() -> new Link(1, Long.MAX_VALUE, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Link(1, -1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
