package io.livemr.hdfs.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.metrics2.AbstractMetric;
import org.apache.hadoop.metrics2.impl.MetricsCollectorImpl;
import org.apache.hadoop.metrics2.lib.MetricsAnnotations;
import org.junit.jupiter.api.Test;

class LinkMetricsTest {

    @Test
    void shouldShowWhatIsReadAheadWithTheRest() {
        final MetricsCollectorImpl collector = new MetricsCollectorImpl();

        MetricsAnnotations.makeSource(new LinkMetrics()).getMetrics(collector, true);

        final List<String> names = new ArrayList<>();
        collector.getRecords().forEach(entry -> entry.metrics().forEach((AbstractMetric metric) -> names.add(metric.name())));
        assertThat(names).contains("BuffersAhead", "FilesFollowed", "EventStreams");
    }
}
