package io.livemr.launcher.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WordTableTest {
    private static final WordTable GUEST = uniq("      2 error\n     13 ok\n");

    @Test
    void shouldFindTheSameCountsEqualWhoeverWroteThem() {
        assertThat(job("error\t2\nok\t13\n").differenceFrom(GUEST)).isEmpty();
    }

    @Test
    void shouldNameAWordThatWasCountedOnceLess() {
        assertThat(job("error\t2\nok\t12\n").differenceFrom(GUEST)).hasValue("1 words differ: 'ok' job=12 guest=13");
    }

    @Test
    void shouldNameAWordThatOnlyTheJobSaw() {
        assertThat(job("error\t2\nok\t13\n\u0000\u0000\t1\n").differenceFrom(GUEST).orElseThrow()).contains("job=1 guest=0");
    }

    @Test
    void shouldNameAWordThatTheJobMissed() {
        assertThat(job("ok\t13\n").differenceFrom(GUEST).orElseThrow()).contains("'error' job=0 guest=2");
    }

    @Test
    void shouldNotCallTwoEmptyTablesVerified() {
        assertThat(job("").differenceFrom(uniq(""))).isPresent();
    }

    @Test
    void shouldKeepBytesThatAreNoUtf8() {
        final byte[] word = {(byte) 0xff, (byte) 0xfe};
        final String text = new String(word, ISO_8859_1);

        assertThat(job(text + "\t1\n").differenceFrom(uniq("      1 " + text + "\n"))).isEmpty();
    }

    @Test
    void shouldRefuseALineThatIsNoCount() {
        assertThatThrownBy(() -> uniq("sort: out of memory\n")).hasMessageContaining("sort: out of memory");
    }

    @Test
    void shouldAddUpOccurrences() {
        assertThat(GUEST.words()).isEqualTo(2);
        assertThat(GUEST.occurrences()).isEqualTo(15);
    }

    private static WordTable job(final String text) {
        return WordTable.ofJobOutput(text.getBytes(ISO_8859_1));
    }

    private static WordTable uniq(final String text) {
        return WordTable.ofUniq(text.getBytes(ISO_8859_1));
    }
}
