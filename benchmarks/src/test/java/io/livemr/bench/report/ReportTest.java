package io.livemr.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.bench.measure.Comparison;
import io.livemr.bench.measure.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {

    private static final Machine MACHINE = new Machine("CPU", 2, 24_105, "Linux 6.1", "Java 17", 0.25);
    private static final Comparison COMPARISON =
        new Comparison("A", Samples.of(10, 20, 30), "B", Samples.of(20, 20, 20), Samples.of(0.5, 1, 1.5));

    private static Report report(final boolean met) {
        final Figure figure = Figure.of("a ÷ b", "MB/s", COMPARISON, "ratio ≥ 0.9", met);
        return new Report("read", "bench read", "2026-11-21", "abc", MACHINE, "one file", 3, List.of(figure), List.of("skipped: C: not here"), List.of());
    }

    @ParameterizedTest
    @CsvSource({"0, 0.00", "0.00123, 0.0012", "0.5, 0.50", "12.34, 12.3", "1234.5, '1,235'"})
    void shouldWriteAboutThreeDigits(final double value, final String text) {
        assertThat(Figure.number(value)).isEqualTo(text);
    }

    @Test
    void shouldSayWhenAnAimIsMissedAndWhatWasSkipped() {
        assertThat(report(true).text()).contains("ratio 1.00; aim: ratio ≥ 0.9: met").contains("skipped: C: not here").contains("load 0.3");
        assertThat(report(false).text()).contains("aim: ratio ≥ 0.9: NOT met");
    }

    @Test
    void shouldMakeARowForEachFigure() throws Exception {
        final Findings findings = new Findings("one file", 3, List.of(Figure.of("a ÷ b", "MB/s", COMPARISON, "ratio ≥ 0.9", false)));

        final Report report = Report.now("read", "bench read --pairs 3", java.nio.file.Path.of("/"), MACHINE, findings);

        assertThat(report.rows()).singleElement().asString()
            .startsWith("| a ÷ b | `bench read --pairs 3` | ratio ≥ 0.9 | ratio 1.00 (NOT met) | ")
            .endsWith(" | CPU ×2, 24 GiB, Linux 6.1, load 0.3 | unknown |");
    }
}
