package io.livemr.composer.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.composer.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    private static final int LIMIT = 100_000;

    private static String text(final ByteBuffer line) {
        return line == null ? null : StandardCharsets.UTF_8.decode(line.slice()).toString();
    }

    private static ReadableByteChannel channel(final String text) {
        return Channels.newChannel(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldTakeALineOfExactlyTheLimitAndSkipOneThatIsLonger() throws Exception {
        final String longest = "x".repeat(LIMIT);
        final LineReader lines = new LineReader(channel(longest + "\n" + longest + "y\n" + "z".repeat(5 * LIMIT) + "\nlast\n"), LIMIT);

        assertThat(text(lines.next())).isEqualTo(longest);
        assertThat(lines.next()).isNull();
        assertThat(lines.next()).isNull();
        assertThat(text(lines.next())).isEqualTo("last");
        assertThatThrownBy(lines::next).isInstanceOf(IOException.class);
    }

    @Test
    void shouldCutTheSameLinesWhateverThePieces() throws Exception {
        final Random random = Seeds.random("LineReaderTest");
        final List<String> expected = new ArrayList<>();
        final StringBuilder all = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            final int length = random.nextInt(10) == 0 ? random.nextInt(2 * LIMIT) : random.nextInt(300);
            final String line = Character.toString('a' + i % 26).repeat(length);
            expected.add(length > LIMIT ? null : line);
            all.append(line).append('\n');
        }
        final byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
        final LineReader lines = new LineReader(new Pieces(bytes, random), LIMIT);

        for (final String line : expected) {
            assertThat(text(lines.next())).isEqualTo(line);
        }
    }

    /** Gives bytes in pieces of random size. */
    private static final class Pieces implements ReadableByteChannel {
        private final ByteBuffer bytes;
        private final Random random;

        Pieces(final byte[] bytes, final Random random) {
            this.bytes = ByteBuffer.wrap(bytes);
            this.random = random;
        }

        @Override
        public int read(final ByteBuffer target) {
            if (!bytes.hasRemaining()) {
                return -1;
            }
            final int count = Math.min(Math.min(target.remaining(), bytes.remaining()), 1 + random.nextInt(40_000));
            target.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
        }
    }
}
