package io.livemr.hdfs.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkInputStreamTest {

    private static final String NAME = "livemr_0123456789abcdef";
    private static final int OFFSET = 1000;
    private static final int LENGTH = 300_000;

    @TempDir
    Path folder;
    private ComposedMount mount;
    private byte[] wanted;
    private final Link link = Link.of(NAME, OFFSET, LENGTH);

    @BeforeEach
    void prepare() throws IOException {
        final byte[] file = new byte[OFFSET + LENGTH + 5000];
        new Random(7).nextBytes(file);
        Files.write(folder.resolve(NAME), file);
        mount = new ComposedMount(folder, name -> " state=TESTED");
        wanted = Arrays.copyOfRange(file, OFFSET, OFFSET + LENGTH);
    }

    @Test
    void shouldEndAtTheLinksEndAlthoughTheFileGoesOn() throws IOException {
        try (LinkInputStream in = LinkInputStream.open(mount, link, 0)) {
            assertThat(in.readAllBytes()).isEqualTo(wanted);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.available()).isZero();
            assertThat(in.skip(10)).isZero();
        }
    }

    @Test
    void shouldBeginWhereItIsTold() throws IOException {
        try (LinkInputStream in = LinkInputStream.open(mount, link, 12_345)) {
            assertThat(in.getChannel().position()).isEqualTo(12_345);
            assertThat(in.skip(5)).isEqualTo(5);
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(wanted, 12_350, LENGTH));
        }
    }

    @Test
    void shouldTransferEveryByteOnceHoweverLittleTheSocketTakes() throws IOException {
        final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        final Random random = new Random(3);
        try (LinkInputStream in = LinkInputStream.open(mount, link, 0)) {
            final FileChannel channel = in.getChannel();
            for (long at = 0; at < LENGTH;) {
                at += channel.transferTo(at, 1 + random.nextInt(200_000), takingAtMost(sent, random.nextInt(70_000)));
            }
            assertThat(channel.transferTo(LENGTH, 100, takingAtMost(sent, 100))).isZero();
        }
        assertThat(sent.toByteArray()).isEqualTo(wanted);
    }

    @Test
    void shouldTransferWhatIsAskedForAfterAJump() throws IOException {
        try (LinkInputStream in = LinkInputStream.open(mount, link, 0)) {
            for (final int from : new int[] {0, 100, 50_000, 7, 100}) {
                final ByteArrayOutputStream sent = new ByteArrayOutputStream();
                in.getChannel().transferTo(from, 100, takingAtMost(sent, 100));
                assertThat(sent.toByteArray()).isEqualTo(Arrays.copyOfRange(wanted, from, from + 100));
            }
        }
    }

    private static WritableByteChannel takingAtMost(ByteArrayOutputStream sent, int most) {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer src) {
                final byte[] taken = new byte[Math.min(most, src.remaining())];
                src.get(taken);
                sent.writeBytes(taken);
                return taken.length;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    @Test
    void shouldSayWhatTheComposerSaysWhenTheFileIsGone() throws IOException {
        Files.delete(folder.resolve(NAME));

        assertThatThrownBy(() -> LinkInputStream.open(mount, link, 0)).isInstanceOf(LinkUnreadableException.class)
            .hasMessageContaining(NAME).hasMessageContaining("no such file").hasMessageContaining("state=TESTED");
    }

    @Test
    void shouldFailAndNotEndWhenTheFileIsShorterThanTheLink() throws IOException {
        Files.write(folder.resolve(NAME), new byte[OFFSET + 10]);

        try (LinkInputStream in = LinkInputStream.open(mount, link, 0)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(LinkUnreadableException.class)
                .hasMessageContaining("ends inside the link");
        }
    }

    @Test
    void shouldNotBeMapped() throws IOException {
        try (LinkInputStream in = LinkInputStream.open(mount, link, 0)) {
            assertThatThrownBy(() -> in.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, 10))
                .isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
