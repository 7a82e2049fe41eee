package io.livemr.bench.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class InputLinesTest {

    private static final String LOG = "INFO mapred.Task: Final Counters for attempt_m_000000_0: Counters: 17\n\t\tMap input records=535168\n"
        + "INFO mapreduce.Job: Counters: 35\n\tMap-Reduce Framework\n\t\tMap input records=2000000\n\t\tMap output records=14\n";

    @Test
    void shouldFindWhatTheJobRead() throws IOException {
        assertThat(InputLines.in(LOG)).isEqualTo(2_000_000);
    }

    @Test
    void shouldRefuseAJobThatMissedSyncedLines() {
        assertThatCode(() -> InputLines.require(LOG, 2_000_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> InputLines.require(LOG, 2_000_001)).hasMessageContaining("2000000").hasMessageContaining("2000001");
        assertThatThrownBy(() -> InputLines.in("the job died")).hasMessageContaining("the job died");
    }
}
