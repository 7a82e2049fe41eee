package io.livemr.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.support.RunningPanel;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever goes wrong, and wherever it is found: the answer is application/problem+json with a reason. */
class ProblemsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    private static final RunningPanel RUNNING = new RunningPanel();

    @ParameterizedTest
    @CsvSource({
        "GET,    /nothing,                      404, not_found",
        "GET,    /api/v1/nothing,               404, not_found",
        "GET,    /error,                        404, not_found",
        "GET,    /api/v1/jobs/none,             404, no_such_job",
        "PUT,    /api/v1/jobs,                  405, method_not_allowed",
        "BREW,   /api/v1/jobs,                  405, method_not_allowed",
        "TRACE,  /api/v1/jobs,                  405, method_not_allowed",
        "POST,   /api/v1/jobs,                  415, unsupported_media_type",
        "GET,    /api/v1/jobs?size=x,           400, bad_request",
        "GET,    /api/v1/jobs?size=0,           400, bad_request",
        "GET,    /api/v1/jobs?page=-1,          400, bad_request",
        "GET,    /api/v1/jobs?state=RUNNNING,   400, bad_request",
        "GET,    /api/v1/jobs/none/log?limit=x, 400, bad_request",
        "GET,    /api/v1/jobs/..%2ftoken,       400, bad_request"})
    void shouldSayAsAProblemWhatIsWrong(final String method, final String path, final int status, final String reason) throws Exception {
        final HttpResponse<String> answer = RUNNING.panel().send(RUNNING.panel().request(path).method(method, BodyPublishers.ofString("x")));

        assertProblem(answer, status, reason);
    }

    @Test
    void shouldNameTheStatesThereAre() throws Exception {
        assertThat(RUNNING.panel().get("/api/v1/jobs?state=DONE").body()).contains("state=DONE is none of [SUBMITTED, ");
    }

    @Test
    void shouldSayAsAProblemThatItHasNoSuchFormat() throws Exception {
        assertProblem(RUNNING.panel().send(RUNNING.panel().request("/api/v1/jobs").header("Accept", "text/csv")), 406, "not_acceptable");
    }

    @Test
    void shouldSayAsAProblemToABrowserToo() throws Exception {
        assertProblem(RUNNING.panel().send(RUNNING.panel().request("/nothing").header("Accept", "text/html")), 404, "not_found");
    }

    @Test
    void shouldTakeNoPartsButJarAndJob() throws Exception {
        final String part = "--x\r\nContent-Disposition: form-data; name=\"jar\"; filename=\"a\"\r\n\r\nx\r\n";

        final HttpResponse<String> answer = RUNNING.panel().send(RUNNING.panel().request("/api/v1/jobs").header("Content-Type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.ofString(part.repeat(3) + "--x--\r\n")));

        assertProblem(answer, 400, "bad_request");
    }

    @Test
    void shouldRefuseAJobDescriptionThatIsNoTextInAnyEncoding() throws Exception {
        final String head = "--x\r\nContent-Disposition: form-data; name=\"job\"\r\n\r\n";
        final byte[] brokenUtf32 = {0, 0, (byte) 0xFE, (byte) 0xFF, 0x7F, 0x7F, 0x7F, 0x7F};

        final HttpResponse<String> answer = RUNNING.panel().send(RUNNING.panel().request("/api/v1/jobs").header("Content-Type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.concat(BodyPublishers.ofString(head), BodyPublishers.ofByteArray(brokenUtf32), BodyPublishers.ofString("\r\n--x--\r\n"))));

        assertProblem(answer, 400, "bad_request");
    }

    @Test
    void shouldRefuseAJobDescriptionAboveItsLimit() throws Exception {
        final String body = "--x\r\nContent-Disposition: form-data; name=\"job\"\r\n\r\n" + " ".repeat(1_100_000)
            + "\r\n--x\r\nContent-Disposition: form-data; name=\"jar\"; filename=\"a\"\r\n\r\nx\r\n--x--\r\n";

        final HttpResponse<String> answer = RUNNING.panel().send(RUNNING.panel().request("/api/v1/jobs").header("Content-Type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.ofString(body)));

        assertProblem(answer, 413, "job_too_large");
    }

    @Test
    void shouldSayAsAProblemThatTheAddressIsMalformed() throws Exception {
        final String answer = raw("GET /api/v1/jobs?a=<> HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("Content-Type: application/problem+json");
        assertThat(JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n"))).path("reason").asText()).isEqualTo("bad_request");
    }

    private static String raw(final String request) throws Exception {
        final URI url = URI.create(RUNNING.panel().url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertProblem(final HttpResponse<String> answer, final int status, final String reason) throws Exception {
        final JsonNode problem = JSON.readTree(answer.body());
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("reason").asText()).isEqualTo(reason);
        assertThat(problem.path("detail").asText()).isNotBlank();
    }
}
