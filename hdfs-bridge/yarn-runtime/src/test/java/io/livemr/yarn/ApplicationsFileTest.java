package io.livemr.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.util.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationsFileTest {

    @TempDir
    private Path folder;

    @Test
    void shouldWriteWhatYarnSaysOfAnApplication() throws Exception {
        final Path file = folder.resolve("applications.json");

        new ApplicationsFile(file).write(List.of(ApplicationView.of(report(), Map.of("g", Map.of("MAPS", 3L)))));

        final JsonNode written = new ObjectMapper().readTree(file.toFile()).path(0);
        assertThat(written.path("id").asText()).isEqualTo("application_1700000000000_0007");
        assertThat(written.path("state").asText()).isEqualTo("RUNNING");
        assertThat(written.path("finalStatus").asText()).isEqualTo("UNDEFINED");
        assertThat(written.path("progress").asDouble()).isEqualTo(0.5);
        assertThat(written.path("trackingUrl").asText()).isEqualTo("http://rm/proxy/7");
        assertThat(written.at("/counters/g/MAPS").asLong()).isEqualTo(3);
        assertThat(folder.toFile().list()).containsExactly("applications.json");
    }

    @Test
    void shouldLeaveAFileAloneWhenNothingHasChanged() throws Exception {
        final Path file = folder.resolve("applications.json");
        final ApplicationsFile applications = new ApplicationsFile(file);
        applications.write(List.of(ApplicationView.of(report(), Map.of())));
        Files.delete(file);

        applications.write(List.of(ApplicationView.of(report(), Map.of())));

        assertThat(file).doesNotExist();
    }

    private static ApplicationReport report() {
        final ApplicationReport report = Records.newRecord(ApplicationReport.class);
        report.setApplicationId(ApplicationId.newInstance(1_700_000_000_000L, 7));
        report.setName("word count");
        report.setYarnApplicationState(YarnApplicationState.RUNNING);
        report.setFinalApplicationStatus(FinalApplicationStatus.UNDEFINED);
        report.setProgress(0.5f);
        report.setTrackingUrl("http://rm/proxy/7");
        return report;
    }
}
