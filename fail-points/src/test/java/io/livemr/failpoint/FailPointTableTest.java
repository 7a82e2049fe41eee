package io.livemr.failpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FailPointTableTest {

    @Test
    void shouldBeWhatTheDocumentSays() throws Exception {
        assertThat(Files.readString(Path.of("../docs/fault-injection.md"))).contains(FailPointTable.markdown());
    }

    @Test
    void shouldTellPointsApart() {
        assertThat(Arrays.stream(FailPoint.values()).map(FailPoint::description)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(FailPoint.values()).map(FailPoint::title)).doesNotHaveDuplicates()
                .allMatch(title -> title.matches("[a-z]+\\.[a-z-]+"));
    }
}
