package io.livemr.control.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.Panel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Submissions that are sent again with their {@code Idempotency-Key}, on both databases. No job of these tests gets as far as Hadoop. */
abstract class Resubmissions {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Built once: the time of its entries is in its bytes. */
    private static final byte[] JAR = JobJars.of(Scripted.class);

    abstract Panel panel();

    @Test
    void shouldGiveTheSameJobAgainAlsoAfterTheRestartOfAKilledPanel() throws Exception {
        final HttpResponse<String> first = submit("\"restart\"", "/ask-restart");
        panel().killHard();
        panel().start();

        final HttpResponse<String> again = submit("\"restart\"", "/ask-restart");

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.headers().firstValue("Location")).isEqualTo(first.headers().firstValue("Location"));
        assertThat(id(again)).isEqualTo(id(first));
    }

    @Test
    void shouldRefuseAnotherJobOrAnotherJarUnderTheSameKey() throws Exception {
        submit("used", "/ask-used");

        final HttpResponse<String> otherJob = submit("used", "/ask-other");
        final HttpResponse<String> otherJar = panel().submit(JobJars.withMainInManifest(Scripted.class), job("/ask-used"),
            "Idempotency-Key", "used");

        assertThat(otherJob.statusCode()).isEqualTo(422);
        assertThat(otherJob.body()).contains("idempotency_key_reused");
        assertThat(otherJar.statusCode()).isEqualTo(422);
    }

    @Test
    void shouldTakeOneJobHoweverManyTimesItIsSentAtOnce() throws Exception {
        final int before = total();

        final List<HttpResponse<String>> answers = IntStream.range(0, 16).parallel().mapToObj(i -> submit("\"at once\"", "/ask-at-once")).toList();

        assertThat(answers).extracting(HttpResponse::statusCode).containsAnyOf(202).isSubsetOf(202, 409);
        assertThat(total()).isEqualTo(before + 1);
        assertThat(panel().get("/actuator/prometheus").body()).contains("livemr_idempotency_keys ");
    }

    private int total() throws IOException {
        return JSON.readTree(panel().get("/api/v1/jobs").body()).path("total").asInt();
    }

    private static String id(final HttpResponse<String> answer) throws IOException {
        final JsonNode job = JSON.readTree(answer.body());
        return job.path("id").asText();
    }

    private HttpResponse<String> submit(final String key, final String path) {
        try {
            return panel().submit(JAR, job(path), "Idempotency-Key", key);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> job(final String path) {
        return Map.of("mainClass", Scripted.class.getName(), "inputs", List.of(Map.of("vm", "vm1", "path", path)));
    }
}
