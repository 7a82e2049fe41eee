package io.livemr.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoJobTest {
    @Test
    void shouldTakeTheCountersOfTheWholeJobAndNotOfItsFirstTask() {
        final String log = """
            INFO mapred.Task: Final Counters for attempt_local1_0001_m_000000_0: Counters: 23
            \t\tMap input records=16384
            INFO mapred.Task: Final Counters for attempt_local1_0001_m_000001_0: Counters: 23
            \t\tMap input records=9000
            INFO mapreduce.Job: Counters: 35
            \t\tMap input records=25384
            """;

        assertThat(DemoJob.recordsIn(log)).hasValue(25_384);
    }

    @Test
    void shouldNotInventACountThatTheLogLacks() {
        assertThat(DemoJob.recordsIn("Exception in thread main")).isEmpty();
    }
}
