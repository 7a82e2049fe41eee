package io.livemr.agent.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineBufferTest {

    private final List<String> lines = new ArrayList<>();
    private final LineBuffer buffer = new LineBuffer(lines::add, () -> lines.add("TOO LONG"));

    @Test
    void shouldCutLinesWhereverTheBytesAreCut() {
        final byte[] all = "{\"a\":1}\n\n{\"b\":\"ü\"}\n{\"c".getBytes(StandardCharsets.UTF_8);
        for (final byte one : all) {
            buffer.add(new byte[] {one}, 1);
        }

        assertThat(lines).containsExactly("{\"a\":1}", "{\"b\":\"ü\"}");
    }

    @Test
    void shouldSkipALineThatIsTooLongAndGoOnAfterIt() {
        final byte[] chunk = new byte[100_000];
        java.util.Arrays.fill(chunk, (byte) 'x');
        for (int i = 0; i < 5; i++) {
            buffer.add(chunk, chunk.length);
        }
        add("\nnext\n");

        assertThat(lines).containsExactly("TOO LONG", "next");
    }

    @Test
    void shouldForgetHalfALineWhenTheHostGoes() {
        add("{\"half");
        buffer.reset();
        add("whole\n");

        assertThat(lines).containsExactly("whole");
    }

    private void add(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.add(bytes, bytes.length);
    }
}
