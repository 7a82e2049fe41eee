package io.livemr.control.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.support.PeoplePanel;
import io.livemr.control.support.SaharaThings;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each call of the OpenAPI document answers to each kind of caller. A call without a row here fails the test: say who may make it. */
@ExtendWith(PeoplePanel.class)
class AccessMatrixIT {

    private static final List<String> WHO = List.of("nobody", "viewer", "analyst", "stranger", "admin");

    /** {@code {id}} is a job (or what Sahara's clients keep) of project web that waits for an owner, {@code {name}} an account or a project made for the one request. */
    private static final String CALLS = """
        call                            nobody viewer analyst stranger admin
        GET /api/v1/session             401    200    200     200      200
        POST /api/v1/session            200    200    200     200      200
        DELETE /api/v1/session          401    204    204     204      204
        PUT /api/v1/session/password    401    204    204     204      204
        GET /api/v1/accounts            401    403    403     403      200
        POST /api/v1/accounts           401    403    403     403      201
        GET /api/v1/accounts/{name}     401    403    403     403      200
        PATCH /api/v1/accounts/{name}   401    403    403     403      200
        DELETE /api/v1/accounts/{name}  401    403    403     403      204
        GET /api/v1/projects            401    403    403     403      200
        GET /api/v1/projects/{name}     401    403    403     403      200
        PUT /api/v1/projects/{name}     401    403    403     403      200
        DELETE /api/v1/projects/{name}  401    403    403     403      204
        GET /api/v1/jobs                401    200    200     200      200
        POST /api/v1/jobs               401    403    202     403      202
        GET /api/v1/jobs/{id}           401    200    200     404      200
        DELETE /api/v1/jobs/{id}        401    403    202     404      202
        GET /api/v1/jobs/{id}/log       401    200    200     404      200
        GET /api/v1/jobs/{id}/events    401    200    200     404      200
        POST /api/v1/jobs/{id}/rerun    401    403    409     404      409
        GET /api/v1/audit               401    200    200     200      200
        GET /api/v1/files               401    200    200     200      200
        GET /api/v1/grants              401    200    200     200      200
        GET /api/v1/hosts               401    403    403     403      200
        GET /batches                    401    200    200     200      200
        POST /batches                   401    403    404     404      404
        GET /batches/{id}               401    200    200     404      200
        DELETE /batches/{id}            401    403    200     404      200
        GET /batches/{id}/state         401    200    200     404      200
        GET /batches/{id}/log           401    200    200     404      200
        GET /api/v1/vms                 401    200    200     200      200
        GET /sahara/v1.1/{kind}         401    200    200     200      200
        GET /sahara/v1.1/{kind}/{id}    401    200    200     404      200
        DELETE /sahara/v1.1/{kind}/{id} 401    403    204     404      204
        PUT /sahara/v1.1/job-binary-internals/{name} 401 403 202 202   202
        POST /sahara/v1.1/job-binaries  401    403    400     400      400
        POST /sahara/v1.1/jobs          401    403    400     400      400
        POST /sahara/v1.1/data-sources  401    403    202     202      202
        GET /sahara/v1.1/jobs/config-hints/{type}    401 200 200 200   200
        POST /sahara/v1.1/jobs/{id}/execute          401 403 202 404   202
        GET /sahara/v1.1/job-executions              401 200 200 200   200
        GET /sahara/v1.1/job-executions/{id}         401 200 200 404   200
        GET /sahara/v1.1/job-executions/{id}/refresh-status 401 200 200 404 200
        GET /sahara/v1.1/job-executions/{id}/cancel  401 403 200 404   200
        DELETE /sahara/v1.1/job-executions/{id}      401 403 204 404   204
        """;

    private static final String OTHER_PATHS = """
        call                            nobody viewer analyst stranger admin
        GET /                           200    200    200     200      200
        GET /console/main.js            200    200    200     200      200
        GET /console/nothing.js         404    404    404     404      404
        GET /v3/api-docs                200    200    200     200      200
        GET /swagger-ui/index.html      200    200    200     200      200
        GET /actuator/health/liveness   200    200    200     200      200
        GET /actuator/health/readiness  200    200    200     200      200
        GET /actuator/prometheus        401    200    200     200      200
        GET /actuator/metrics           401    200    200     200      200
        GET /sahara/v1.1/clusters       401    404    404     404      404
        HEAD /sahara/v1.1/job-executions/x/cancel     401 403 404 404  404
        GET /sahara/v1.1/job-executions/x/%63ancel    401 403 404 404  404
        GET /actuator/env               401    404    404     404      404
        GET /nothing                    401    404    404     404      404
        GET /error                      401    404    404     404      404
        POST /nothing                   401    403    404     404      404
        POST /actuator/health           401    403    405     405      405
        """;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** One line of a table. */
    record Row(String method, String path, List<Integer> statuses) { }

    static Stream<Row> calls() {
        return rows(CALLS);
    }

    static Stream<Row> otherPaths() {
        return rows(OTHER_PATHS);
    }

    private static Stream<Row> rows(final String table) {
        return table.lines().skip(1).map(line -> List.of(line.strip().split(" +")))
            .map(words -> new Row(words.get(0), words.get(1), words.subList(2, words.size()).stream().map(Integer::valueOf).toList()));
    }

    @Test
    void shouldHaveARowForEachCallThatTheDocumentHas() throws Exception {
        final JsonNode paths = JSON.readTree(PeoplePanel.get("nobody", "/v3/api-docs").body()).path("paths");
        final List<String> described = new ArrayList<>();
        paths.fields().forEachRemaining(path -> path.getValue().fieldNames()
            .forEachRemaining(method -> described.add(method.toUpperCase() + " " + path.getKey())));

        assertThat(calls().map(row -> row.method() + " " + row.path())).containsExactlyInAnyOrderElementsOf(described);
    }

    @ParameterizedTest
    @MethodSource({"calls", "otherPaths"})
    void shouldAnswerEachAsTheTableSays(final Row row) throws Exception {
        final List<Integer> answered = new ArrayList<>();
        for (final String who : WHO) {
            answered.add(status(request(row, who)));
        }

        assertThat(answered).as(WHO.toString()).isEqualTo(row.statuses());
    }

    private static HttpRequest.Builder request(final Row row, final String who) throws IOException {
        final HttpRequest.Builder request = PeoplePanel.request(who, filledIn(row));
        return switch (row.method() + " " + row.path()) {
            case "POST /api/v1/jobs" -> PeoplePanel.submission(request, "vm1", Map.of());
            case "POST /batches" -> PeoplePanel.json(request, "POST", "{\"file\":\"sha256:" + "0".repeat(64)
                + "\",\"conf\":{\"livemr.inputs\":\"{\\\"vm1\\\": [\\\"/ask\\\"]}\"}}");
            case "POST /api/v1/session" -> PeoplePanel.json(request, "POST",
                "{\"name\":\"analyst\",\"password\":\"" + PeoplePanel.passwordOf("analyst") + "\"}");
            case "PUT /api/v1/session/password" -> PeoplePanel.json(request, "PUT", String.format("{\"oldPassword\":\"%1$s\",\"newPassword\":\"%1$s\"}",
                PeoplePanel.passwordOf(who)));
            case "POST /api/v1/accounts" -> PeoplePanel.json(request, "POST", PeoplePanel.newAccount("made-" + NAMES.incrementAndGet(), "web", "VIEWER"));
            case "PATCH /api/v1/accounts/{name}" -> PeoplePanel.json(request, "PATCH", "{\"role\":\"ANALYST\"}");
            case "PUT /sahara/v1.1/job-binary-internals/{name}" -> SaharaThings.upload(request);
            case "POST /sahara/v1.1/job-binaries", "POST /sahara/v1.1/jobs" -> PeoplePanel.json(request, "POST", "{\"name\":\"incomplete\"}");
            case "POST /sahara/v1.1/data-sources" -> PeoplePanel.json(request, "POST",
                "{\"name\":\"made-" + NAMES.incrementAndGet() + "\",\"type\":\"hdfs\",\"url\":\"/out\"}");
            case "POST /sahara/v1.1/jobs/{id}/execute" -> PeoplePanel.json(request, "POST", SaharaThings.runOnAsk());
            case "PUT /api/v1/projects/{name}" -> PeoplePanel.json(request, "PUT", "{\"vms\":[]}");
            default -> request.method(row.method(), BodyPublishers.noBody());
        };
    }

    private static String filledIn(final Row row) throws IOException {
        final String path = row.path();
        final String name = "spare-" + NAMES.incrementAndGet();
        if (path.equals("/api/v1/accounts/{name}")) {
            PeoplePanel.account(name, "web", "VIEWER");
        } else if (path.equals("/api/v1/projects/{name}")) {
            PeoplePanel.project(name, "vm9");
        }
        return path.replace("{name}", name).replace("{kind}", "data-sources").replace("{type}", "Java").replace("{id}", path.contains("{id}") ? id(row) : "");
    }

    private static String id(final Row row) throws IOException {
        if (row.path().startsWith("/sahara/v1.1/{kind}")) {
            return SaharaThings.source();
        }
        if (row.path().startsWith("/sahara/v1.1/job-executions")) {
            return row.method().equals("DELETE") ? SaharaThings.newExecution() : SaharaThings.execution();
        }
        return row.path().startsWith("/sahara/") ? SaharaThings.template() : waitingJob(row.path().startsWith("/batches"));
    }

    /** Its id, or its number among all jobs, of which it is the newest. */
    private static String waitingJob(final boolean asNumber) throws IOException {
        final HttpResponse<String> taken = PeoplePanel.panel().send(PeoplePanel.submission(PeoplePanel.request("analyst", "/api/v1/jobs"), "vm1", Map.of()));
        final long total = asNumber ? JSON.readTree(PeoplePanel.get("admin", "/batches?size=0").body()).path("total").asLong() : 0;
        return asNumber ? JSON.readTree(PeoplePanel.get("admin", "/batches?size=1&from=" + (total - 1)).body()).at("/sessions/0/id").asText()
            : JSON.readTree(taken.body()).path("id").asText();
    }

    /** Streams of events never end: the status is all that is read. */
    private static int status(final HttpRequest.Builder request) throws Exception {
        final HttpResponse<InputStream> answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }
}
