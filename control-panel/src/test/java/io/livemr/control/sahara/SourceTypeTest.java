package io.livemr.control.sahara;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTypeTest {

    @Test
    void shouldTakeMachineAndPathAsTheyAreWritten() {
        final Matcher parts = SourceType.livemr("livemr://web 1/data/50%20?/*.log");

        assertThat(parts.group(1)).isEqualTo("web 1");
        assertThat(parts.group(2)).isEqualTo("/data/50%20?/*.log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"livemr://web-1", "livemr:///a", "livemr://", "swift://a/b", "livemr://vm/a\nb", "LIVEMR://vm/a"})
    void shouldNotTakeWhatNamesNoFile(final String url) {
        assertThat(SourceType.LIVEMR.takes(url)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/out", "hdfs:///out", "hdfs://nn.example.org:8020/out/x"})
    void shouldTakePathsInHdfs(final String url) {
        assertThat(SourceType.HDFS.takes(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"out", "/", "hdfs://nn", "file:///etc", "swift://a/b"})
    void shouldNotTakeOtherPlaces(final String url) {
        assertThat(SourceType.HDFS.takes(url)).isFalse();
    }
}
