package io.livemr.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenseDataTest {

    @ParameterizedTest
    @CsvSource({
        "700005000000000a000000002000, 5/20/00",           // as QEMU sends it: fixed format, 18 bytes, the rest zeros
        "f00065000000000a000000002601, 5/26/01",           // with the valid bit, and flags above the key
        "7100060000000000000000002900, 6/29/00",           // about an earlier command
        "7205210000000000, 5/21/00",                       // descriptor format
        "7306290300000000, 6/29/03"})
    void shouldReadKeyCodeAndQualifierInBothFormats(final String bytes, final String wanted) {
        assertThat(decode(bytes)).hasToString(wanted);
    }

    @ParameterizedTest
    @CsvSource({"''", "00", "7f0520", "000005000000000a000000002000"})
    void shouldSayNothingOfAFormatItDoesNotKnow(final String bytes) {
        assertThat(decode(bytes)).isEqualTo(SenseData.NONE);
    }

    @Test
    void shouldTakeWhatWasNotSentForZero() {
        assertThat(decode("700005")).isEqualTo(new SenseData(5, 0, 0));
    }

    @Test
    void shouldTellAResetFromARefusal() {
        assertThat(decode("7206290000000000").isUnitAttention()).isTrue();
        assertThat(SenseData.INVALID_OPERATION_CODE.isUnitAttention()).isFalse();
    }

    private static SenseData decode(final String hex) {
        return SenseData.decode(HexFormat.of().parseHex(hex));
    }
}
