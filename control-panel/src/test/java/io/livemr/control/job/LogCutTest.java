package io.livemr.control.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogCutTest {

    @Test
    void shouldCutBehindTheLastWholeLine() {
        assertThat(LogCut.lengthOf(utf8("one\ntwo\nth"), false)).isEqualTo(8);
        assertThat(LogCut.lengthOf(utf8("one\ntwo\nth"), true)).isEqualTo(8);
    }

    @Test
    void shouldWaitForTheEndOfALineUnlessItIsWantedAlready() {
        assertThat(LogCut.lengthOf(utf8("th"), false)).isZero();
        assertThat(LogCut.lengthOf(utf8("th"), true)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"aä,2,1", "aä,3,3", "a€,2,1", "a€,3,1", "a€,4,4", "a😀,4,1", "a😀,5,5"})
    void shouldNeverCutACharacter(final String text, final int bytes, final int kept) {
        assertThat(LogCut.lengthOf(Arrays.copyOf(utf8(text), bytes), true)).isEqualTo(kept);
    }

    @Test
    void shouldNotWaitForBytesThatAreNoText() {
        final byte[] noText = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80};

        assertThat(LogCut.lengthOf(noText, true)).isEqualTo(4);
        assertThat(LogCut.lengthOf(new byte[] {(byte) 0xf0}, true)).isEqualTo(1);
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
