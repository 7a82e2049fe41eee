package io.livemr.composer.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.composer.FakeAgent;
import io.livemr.composer.FakeWriter;
import io.livemr.composer.Rig;
import io.livemr.composer.file.ComposeException;
import io.livemr.composer.file.FileState;
import io.livemr.extent.Extent;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a real HTTP client. */
class RestServerTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final long SECTORS = 2_048;

    @TempDir
    private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> troubles = new java.util.concurrent.ConcurrentHashMap<>();
    private FakeAgent agent;
    private FakeWriter qemu;
    private Rig rig;
    private RestServer server;
    private String token;

    @BeforeEach
    void start() throws Exception {
        Rig.paint(folder.resolve("disk.raw"), (int) SECTORS * 512, 1);
        qemu = new FakeWriter(folder.resolve("disk.raw"));
        agent = new FakeAgent(folder.resolve("agent.sock"));
        rig = new Rig(folder);
        final ApiToken secret = ApiToken.loadOrCreate(folder);
        token = Files.readString(folder.resolve("token")).strip();
        server = RestServer.start(new ListenSettings("127.0.0.1", 0, null, null), new RestServer.Parts(
                rig.files, rig.vms, secret, () -> troubles, Path.of("/mnt"), null, rig.metrics, rig.registry));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        rig.close();
        agent.close();
        qemu.close();
    }

    private void vmRuns() {
        rig.vmRuns(folder.resolve("agent.sock"), folder.resolve("disk.raw"), "raw");
        agent.await("hello");
    }

    private HttpRequest.Builder request(final String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(final HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> compose(final String body) throws Exception {
        return send(request("/v1/files").POST(BodyPublishers.ofString(body)).build());
    }

    private static void assertProblem(final HttpResponse<String> answer, final int status, final String reason) throws Exception {
        final JsonNode problem = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(problem.path("reason").asText()).isEqualTo(reason);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isNotEmpty();
    }

    @Test
    void shouldLetNobodyInWithoutTheTokenExceptToHealth() throws Exception {
        final String base = server.url();

        assertProblem(send(HttpRequest.newBuilder(URI.create(base + "/v1/files")).build()), 401, "unauthorized");
        assertProblem(send(HttpRequest.newBuilder(URI.create(base + "/metrics")).header("Authorization", "Bearer " + token + "x").build()),
                401, "unauthorized");
        assertThat(send(HttpRequest.newBuilder(URI.create(base + "/health")).build()).statusCode()).isEqualTo(200);
        assertThat(Files.getPosixFilePermissions(folder.resolve("token"))).hasSize(2);
    }

    @Test
    void shouldSayWhatIsWrongInHealth() throws Exception {
        troubles.put("libvirt", "away");

        final HttpResponse<String> answer = send(request("/health").build());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("DOWN").contains("away");
    }

    @Test
    void shouldNameTheKnownVmsWhenAskedForAnother() throws Exception {
        assertProblem(compose("{\"requester\":\"bob\",\"sources\":[{\"vm\":\"vm1\",\"path\":\"/a\"}]}"), 503, "libvirt_absent");
        vmRuns();

        final HttpResponse<String> answer = compose("{\"requester\":\"bob\",\"sources\":[{\"vm\":\"other\",\"path\":\"/a\"}]}");

        assertProblem(answer, 404, "unknown_vm");
        assertThat(answer.body()).contains("vm1");
    }

    @Test
    void shouldRefuseBadWishesByName() throws Exception {
        vmRuns();
        for (final String body : new String[] {"", "[]", "{", "{\"requester\":\"bob\",\"sources\":[]}",
            "{\"requester\":\"\",\"sources\":[{\"vm\":\"vm1\",\"path\":\"/a\"}]}",
            "{\"requester\":\"bob\",\"sources\":[{\"vm\":\"vm1\",\"path\":\"a\"}]}",
            "{\"requester\":\"bob\",\"sources\":[{\"vm\":\"vm1\",\"path\":\"/a\"}],\"ttlSecond\":1}"}) {
            assertProblem(compose(body), 400, "bad_request");
        }
        assertProblem(send(request("/v1/files/livemr_0000000000000000").build()), 404, "no_such_file");
    }

    @Test
    void shouldComposeReportAndDelete() throws Exception {
        vmRuns();
        final HttpResponse<String> answer = compose("{\"requester\":\"bob\",\"sources\":[{\"vm\":\"vm1\",\"path\":\"/data/log\"}],\"ttlSeconds\":9}");
        final String name = JSON.readTree(answer.body()).path("name").asText();
        assertThat(answer.statusCode()).isEqualTo(202);
        final JsonNode map = agent.await("map");
        assertThat(map.path("ttlSeconds").asLong()).isEqualTo(9);
        agent.grant(map.path("id").asText(), Rig.FILE, Rig.SERIAL, SECTORS);
        agent.announce(Rig.FILE, 1_000, new Extent(0, 100, 512), Extent.zeros(512, 512));
        rig.awaitLength(rig.files.get(name).orElseThrow(), 1_000);

        final JsonNode file = JSON.readTree(send(request("/v1/files/" + name).build()).body());
        assertThat(file.path("state").asText()).isEqualTo("LIVE");
        assertThat(file.path("path").asText()).isEqualTo("/mnt/" + name);
        assertThat(file.at("/sources/0/owner").asText()).isEqualTo("alice");
        assertThat(send(request("/v1/files/" + name + "/segments").build()).body()).isEqualTo(
                "[{\"fileOffset\":0,\"lengthBytes\":512,\"vm\":\"vm1\",\"disk\":\"sda\",\"startSector\":100},"
                        + "{\"fileOffset\":512,\"lengthBytes\":488,\"vm\":\"vm1\",\"disk\":\"sda\",\"startSector\":-1}]");
        assertThat(send(request("/v1/vms").build()).body()).contains("\"agent\":\"connected\"").contains("\"sectors\":2048");

        assertThat(send(request("/v1/files/" + name).DELETE().build()).statusCode()).isEqualTo(204);
        assertThat(agent.await("unmap").path("path").asText()).isEqualTo("/data/log");
        assertProblem(send(request("/v1/files/" + name).build()), 404, "no_such_file");
    }

    @Test
    void shouldTellEachClientTheStateOfEverythingAndThenEachChange() throws Exception {
        vmRuns();
        final String name = rig.compose("/data/log").name();
        final Queue<String> lines = new ConcurrentLinkedQueue<>();
        client.sendAsync(request("/v1/events").build(), BodyHandlers.fromLineSubscriber(new Lines(lines)));
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> lines.stream().anyMatch(line -> line.contains("AWAITING_CONSENT")));

        agent.grant(agent.await("map").path("id").asText(), Rig.FILE, Rig.SERIAL, SECTORS);
        agent.announce(Rig.FILE, 1_000, new Extent(0, 100, 1_024));

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> lines.stream()
                .anyMatch(line -> line.contains(name) && line.contains("\"lengthBytes\":1000")));
        assertThat(lines).anyMatch(line -> line.contains("event: grew")).anyMatch(line -> line.contains("\"LIVE\""));
        rig.files.delete(name);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> lines.stream().anyMatch(line -> line.contains("event: removed")));
    }

    @Test
    void shouldRefuseMoreListenersThanItServesAndServeAgainWhenOneIsGone() throws Exception {
        final List<InputStream> streams = new ArrayList<>();
        while (streams.size() < 64) {
            streams.add(client.send(request("/v1/events").build(), BodyHandlers.ofInputStream()).body());
        }
        assertProblem(send(request("/v1/events").build()), 429, "busy");
        assertThat(rig.gauge("livemr.event.clients")).isEqualTo(64);
        for (final InputStream stream : streams) {
            stream.close();
        }
    }

    @Test
    void shouldRefuseABodyThatIsTooLong() throws Exception {
        final HttpResponse<String> answer = compose("\"" + "x".repeat(16 << 20) + "\"");

        assertProblem(answer, 413, "content_too_large");
    }

    @Test
    void shouldGiveThePartOfAListThatIsAskedFor() throws Exception {
        vmRuns();
        final List<String> names = Stream.of("/a", "/b", "/c").map(this::composed).sorted().toList();

        assertThat(namesAt("/v1/files?offset=1&limit=1")).containsExactly(names.get(1));
        assertThat(namesAt("/v1/files?limit=0")).isEmpty();
        assertThat(namesAt("/v1/files?name=" + names.get(2) + "&name=" + names.get(0) + "&name=livemr_0000000000000000"))
                .containsExactly(names.get(0), names.get(2));
        assertThat(send(request("/v1/files?limit=0").build()).headers().firstValue("X-Total-Count")).hasValue("3");
        assertThat(send(request("/v1/grants?limit=0").build()).headers().firstValue("X-Total-Count")).hasValue("3");
        assertProblem(send(request("/v1/files?limit=-1").build()), 400, "bad_request");
    }

    @Test
    void shouldSayWhatBecameOfEachGrant() throws Exception {
        vmRuns();
        final Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        final String name = composed("/data/log");
        final JsonNode asked = grant();
        assertThat(asked.path("state").asText()).isEqualTo("ASKED");
        assertThat(asked.path("id").asText()).isEqualTo(name + "-0");
        assertThat(Instant.parse(asked.path("since").asText())).isBetween(before, Instant.now());

        agent.expiresIn(3_600_000);
        agent.grant(agent.await("map").path("id").asText(), Rig.FILE, Rig.SERIAL, SECTORS);
        agent.announce(Rig.FILE, 1_000, new Extent(0, 100, 1_024));
        rig.awaitState(rig.files.get(name).orElseThrow(), FileState.LIVE);
        final JsonNode granted = grant();
        assertThat(granted.path("state").asText()).isEqualTo("GRANTED");
        assertThat(granted.path("owner").asText()).isEqualTo("alice");
        assertThat(Instant.parse(granted.path("expiresAt").asText()))
                .isBetween(before.plusSeconds(3_600), Instant.now().plusSeconds(3_600));

        agent.revoke(Rig.FILE, "expired");
        rig.awaitState(rig.files.get(name).orElseThrow(), FileState.REVOKED);
        assertThat(grant().path("state").asText()).isEqualTo("EXPIRED");
        assertThat(Instant.parse(grant().path("since").asText())).isAfterOrEqualTo(Instant.parse(granted.path("since").asText()));
    }

    @Test
    void shouldSayHowFarBehindTheAgentItCanBeAtMost() throws Exception {
        vmRuns();
        final String name = composed("/data/log");
        agent.grant(agent.await("map").path("id").asText(), Rig.FILE, Rig.SERIAL, SECTORS);
        agent.announce(Rig.FILE, 1_000, new Extent(0, 100, 1_024));
        rig.awaitState(rig.files.get(name).orElseThrow(), FileState.LIVE);

        agent.answersHeartbeat(false);
        final long silentSince = System.nanoTime();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> source(name).path("lagMillis").asLong() > 500);
        final long silentMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - silentSince);
        assertThat(source(name).path("lagMillis").asLong()).isGreaterThanOrEqualTo(silentMillis).isLessThan(silentMillis + 3_000);
        assertThat(Instant.parse(source(name).path("mappedAt").asText())).isBefore(Instant.now());

        agent.answersHello(false);
        agent.hangUp();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> source(name).path("lagMillis").isNull());
    }

    @Test
    void shouldPassOnTheNamesThatTheAgentTells() throws Exception {
        vmRuns();
        final CompletableFuture<HttpResponse<String>> answer = listing("/data/*.log");
        final JsonNode asked = agent.await("list");
        assertThat(asked.path("pattern").asText()).isEqualTo("/data/*.log");
        assertThat(asked.path("requester").asText()).isEqualTo("bob");

        agent.say(listed(asked, "/data/a.log"));

        assertThat(answer.get().body()).isEqualTo("{\"truncated\":false,\"files\":[{\"path\":\"/data/a.log\",\"lengthBytes\":5}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/shadow.log", "/data/sub/a.log", "/data/../etc/a.log", "/data/a.log\n", "a.log", "/data/\u001b[2J.log"})
    void shouldTakeNoNameThatWasNotAskedFor(final String name) throws Exception {
        vmRuns();
        final CompletableFuture<HttpResponse<String>> answer = listing("/data/*.log");

        agent.say(listed(agent.await("list"), name));

        assertProblem(answer.get(), 502, "bad_answer");
        assertThat(rig.count("livemr.rejected", "reason", "malformed")).isEqualTo(1);
    }

    @Test
    void shouldSayWhyThereIsNoListing() throws Exception {
        assertProblem(listing("/data/*.log").get(), 404, "unknown_vm");
        vmRuns();
        assertProblem(listing("/data/a.log").get(), 400, "bad_pattern");

        final CompletableFuture<HttpResponse<String>> denied = listing("/data/*.log");
        agent.say(FakeAgent.message("denied").put("id", agent.await("list").path("id").asText()).put("reason", "no_such_file").put("message", "not there"));
        assertProblem(denied.get(), 422, "no_such_file");

        final CompletableFuture<HttpResponse<String>> left = listing("/data/*.log");
        agent.await("list");
        agent.answersHello(false);
        agent.hangUp();
        assertProblem(left.get(), 503, "agent_absent");
        assertProblem(listing("/data/*.log").get(), 503, "agent_absent");
    }

    private CompletableFuture<HttpResponse<String>> listing(final String pattern) {
        return client.sendAsync(request("/v1/vms/vm1/files?requester=bob&pattern=" + URLEncoder.encode(pattern, StandardCharsets.UTF_8)).build(),
                BodyHandlers.ofString());
    }

    private static ObjectNode listed(final JsonNode asked, final String path) {
        final ObjectNode line = FakeAgent.message("listed").put("id", asked.path("id").asText()).put("truncated", false);
        line.putArray("files").addObject().put("path", path).put("lengthBytes", 5);
        return line;
    }

    @Test
    void shouldSayWhatThisHostHas() throws Exception {
        vmRuns();
        composed("/a");

        final JsonNode host = JSON.readTree(send(request("/v1/host").build()).body());

        assertThat(host.path("vms").asInt()).isEqualTo(1);
        assertThat(host.path("files").asInt()).isEqualTo(1);
        assertThat(Instant.parse(host.path("startedAt").asText())).isBefore(Instant.now());
        assertThat(host.path("version").asText()).isNotEmpty();
        assertThat(JSON.readTree(send(request("/v1/vms").build()).body()).at("/0/maps").asText()).isEqualTo("channel");
    }

    private String composed(final String path) {
        try {
            return rig.compose(path).name();
        } catch (final ComposeException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode grant() throws Exception {
        return JSON.readTree(send(request("/v1/grants").build()).body()).path(0);
    }

    private JsonNode source(final String name) throws Exception {
        return JSON.readTree(send(request("/v1/files/" + name).build()).body()).at("/sources/0");
    }

    private List<String> namesAt(final String path) throws Exception {
        return JSON.readTree(send(request(path).build()).body()).findValuesAsText("name");
    }

    @Test
    void shouldPrintRejectionsByVmAndReason() throws Exception {
        vmRuns();
        agent.announce(Rig.FILE, 1_000, new Extent(0, 100, 1_024));
        agent.await("ack");

        assertThat(send(request("/metrics").build()).body()).contains("livemr_rejected_total{reason=\"not_granted\",vm=\"vm1\"} 3.0");
    }

    private record Lines(Queue<String> lines) implements java.util.concurrent.Flow.Subscriber<String> {
        @Override
        public void onSubscribe(final java.util.concurrent.Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(final String line) {
            lines.add(line);
        }

        @Override
        public void onError(final Throwable cause) {
            lines.add("error " + cause);
        }

        @Override
        public void onComplete() {
            lines.add("complete");
        }
    }
}
