package io.livemr.control.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoredTextTest {

    private static final String SMILE = "\uD83D\uDE00";

    @Test
    void shouldLeaveOrdinaryTextAsItIs() {
        assertThat(StoredText.message("exit 1: né\n" + SMILE)).isEqualTo("exit 1: né\n" + SMILE);
        assertThat(StoredText.message(null)).isNull();
    }

    @Test
    void shouldPutAMarkInPlaceOfWhatADatabaseCannotKeep() {
        assertThat(StoredText.message("a\0b" + SMILE.charAt(0) + "c")).isEqualTo("a?b?c");
    }

    @Test
    void shouldCutAtTheLimitWithoutHalfACharacter() {
        assertThat(StoredText.of("ab" + SMILE, 3)).isEqualTo("ab?");
        assertThat(StoredText.of("abc", 3)).isEqualTo("abc");
    }
}
