package io.livemr.control.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.jobs.Scripted;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;

/** Things that the analyst of {@link PeoplePanel} keeps at the panel by Sahara's calls. */
public final class SaharaThings {

    private static final String CALLS = "/sahara/v1.1/";
    private static String template;
    private static String execution;

    private SaharaThings() { }

    /** A data source of its own. */
    public static String source() throws IOException {
        return made("data_source", post("data-sources", "{\"name\":\"" + UUID.randomUUID() + "\",\"type\":\"livemr\",\"url\":\"livemr://vm1/ask\"}"));
    }

    /** A job that can be run, the same for all. */
    public static String template() throws IOException {
        if (template == null) {
            final String file = made("job_binary_internal", upload(PeoplePanel.request("analyst", CALLS + "job-binary-internals/one.jar")));
            final String binary = made("job_binary", post("job-binaries", "{\"name\":\"one\",\"url\":\"internal-db://" + file + "\"}"));
            template = made("job", post("jobs", "{\"name\":\"one\",\"type\":\"Java\",\"libs\":[\"" + binary + "\"]}"));
        }
        return template;
    }

    /** An execution of its own, that waits for an owner. */
    public static String newExecution() throws IOException {
        return made("job_execution", post("jobs/" + template() + "/execute", runOnAsk()));
    }

    /** An execution, the same for all. */
    public static String execution() throws IOException {
        if (execution == null) {
            execution = newExecution();
        }
        return execution;
    }

    /** Makes of a request one that uploads a jar. */
    public static HttpRequest.Builder upload(final HttpRequest.Builder request) {
        return request.header("Content-Type", "application/octet-stream").PUT(BodyPublishers.ofByteArray(JobJars.of(Scripted.class)));
    }

    /** The body of a request that runs a job. */
    public static String runOnAsk() {
        return "{\"job_configs\":{\"configs\":{\"edp.java.main_class\":\"" + Scripted.class.getName() + "\",\"livemr.inputs\":{\"vm1\":\"/ask\"}}}}";
    }

    private static HttpRequest.Builder post(final String call, final String body) throws IOException {
        return PeoplePanel.json(PeoplePanel.request("analyst", CALLS + call), "POST", body);
    }

    private static String made(final String what, final HttpRequest.Builder request) throws IOException {
        final HttpResponse<String> answer = PeoplePanel.panel().send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return new ObjectMapper().readTree(answer.body()).path(what).path("id").asText();
    }
}
