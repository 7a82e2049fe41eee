package io.livemr.lab.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.lab.host.HostCommand;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle is this machine's shell. */
class ShellQuoteTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "it's", "''", "$HOME", "`id`", "a\nb", "\\", "\"", "*", "!x", "é€", "-n", "~", "#", "&& false"})
    void shouldGiveTheShellBackTheSameWord(final String word) {
        assertThat(readByShell(ShellQuote.word(word))).isEqualTo(word);
    }

    @Test
    void shouldKeepWordsApart() {
        final String line = ShellQuote.words(List.of("a b", "", "c'd"));

        assertThat(HostCommand.of("sh", "-c", "printf '<%s>' " + line).run()).isEqualTo("<a b><><c'd>");
    }

    @Test
    void shouldSurviveBeingQuotedTwice() {
        final String inner = "printf %s " + ShellQuote.word("it's $HOME");

        assertThat(HostCommand.of("sh", "-c", "sh -c " + ShellQuote.word(inner)).run()).isEqualTo("it's $HOME");
    }

    @Test
    void shouldGiveBackAnyPrintableWord() {
        final long seed = Long.getLong("seed", System.nanoTime());
        final Random random = new Random(seed);

        for (int i = 0; i < 50; i++) {
            final String word = random.ints(20, 1, 127).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
            assertThat(readByShell(ShellQuote.word(word))).as("replay: -Dseed=%d", seed).isEqualTo(word);
        }
    }

    @Test
    void shouldRefuseWhatNoShellWordCanHold() {
        assertThatThrownBy(() -> ShellQuote.word("a\0b")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("NUL");
    }

    private static String readByShell(final String quoted) {
        return HostCommand.of("sh", "-c", "printf %s " + quoted).run();
    }
}
