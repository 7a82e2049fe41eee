package io.livemr.agent.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What the host's side of the channel says: {@code scripts/fuzz.sh} mutates it, led by coverage; else what lies in the resources is tried. */
class LineBufferFuzzTest {

    @FuzzTest
    void shouldCutTheSameLinesHoweverTheBytesCome(final byte[] bytes) {
        final List<String> lines = new ArrayList<>();
        final LineBuffer buffer = new LineBuffer(lines::add, () -> { });
        for (int from = 0, count = 1; from < bytes.length; from += count, count = count % 7 + 1) {
            final byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + count));
            buffer.add(part, part.length);
        }
        assertThat(lines).isEqualTo(wholeLines(bytes));
    }

    private static List<String> wholeLines(final byte[] bytes) {
        final String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        return Stream.of(latin.substring(0, latin.lastIndexOf('\n') + 1).split("\n")).filter(line -> !line.isEmpty())
            .map(line -> new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)).toList();
    }
}
