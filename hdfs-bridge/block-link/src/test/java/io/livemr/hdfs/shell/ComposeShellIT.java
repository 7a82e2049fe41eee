package io.livemr.hdfs.shell;

import static io.livemr.hdfs.fixture.LinkCluster.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.hdfs.fixture.FakeComposer;
import io.livemr.hdfs.fixture.LinkCluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeShellIT {

    private record Result(int exit, String out, String err) {
    }

    @TempDir
    static java.nio.file.Path folder;
    private static FakeComposer composer;
    private static LinkCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        composer = new FakeComposer(folder);
        cluster = LinkCluster.start(LinkCluster.configuration(folder, composer), 1);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        composer.close();
    }

    private static Result run(String... arguments) throws Exception {
        final PrintStream out = System.out;
        final PrintStream err = System.err;
        final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true));
        System.setErr(new PrintStream(errBytes, true));
        try {
            final int exit = ToolRunner.run(new ComposeShell(new Configuration(cluster.fs().getConf())), arguments);
            return new Result(exit, outBytes.toString(), errBytes.toString());
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static String live(int lengthBytes) throws IOException {
        final String name = cluster.composedFile(bytes(lengthBytes, 1));
        composer.put(name, "LIVE", null, lengthBytes);
        composer.answerNextRequestWith(name);
        return name;
    }

    @Test
    void shouldComposeWhatTheConfNamesInItsOrder() throws Exception {
        final String name = live(100_000);
        final java.nio.file.Path conf =
            Files.writeString(folder.resolve("c.json"), "{\"vm2\": [\"/b\", \"/a\"], \"vm1\": \"/c\"}");

        final Result result = run("-composeFromLocal", "-json", "-requester", "ann", conf.toString(), "/composed");

        assertThat(result.exit()).as(result.err()).isZero();
        final JsonNode report = new ObjectMapper().readTree(result.out());
        assertThat(report.path("name").asText()).isEqualTo(name);
        assertThat(report.path("lengthBytes").asLong()).isEqualTo(100_000);
        assertThat(report.path("blocks").asInt()).isEqualTo(2);
        assertThat(composer.lastRequest()).isEqualTo(new ObjectMapper().readTree("{\"requester\":\"ann\",\"sources\":["
            + "{\"vm\":\"vm2\",\"path\":\"/b\"},{\"vm\":\"vm2\",\"path\":\"/a\"},{\"vm\":\"vm1\",\"path\":\"/c\"}]}"));
        assertThat(cluster.read("/composed")).isEqualTo(cluster.composedBytes(name));
    }

    @Test
    void shouldFollowTheFileAfterComposing() throws Exception {
        final String name = live(1000);
        assertThat(run("-composeFromLocal", "{\"vm1\": \"/data/log\"}", "/followed").exit()).isZero();

        cluster.append(name, bytes(500, 2));
        composer.grew(name, 1500);

        await().until(() -> cluster.fs().getFileStatus(new Path("/followed")).getLen() == 1500);
    }

    @Test
    void shouldSayWhoHasBeenAskedWhileItWaits() throws Exception {
        final String name = cluster.composedFile(bytes(10, 1));
        composer.put(name, "AWAITING_CONSENT", null, 0);
        composer.answerNextRequestWith(name);

        final CompletableFuture<Void> consent = CompletableFuture.runAsync(() -> composer.put(name, "LIVE", null, 10),
            CompletableFuture.delayedExecutor(1, java.util.concurrent.TimeUnit.SECONDS));
        final Result result = run("-composeFromLocal", "{\"vm1\": \"/data/log\"}", "/waited");
        consent.join();

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("vm1:/data/log AWAITING_CONSENT, owner alice");
    }

    @Test
    void shouldGiveUpWhenNobodyAnswersInTime() throws Exception {
        final String name = cluster.composedFile(bytes(10, 1));
        composer.put(name, "AWAITING_CONSENT", null, 0);
        composer.answerNextRequestWith(name);

        final Result result = run("-composeFromLocal", "-wait", "1", "{\"vm1\": \"/data/log\"}", "/never");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("not live after 1 s").contains("alice").contains("-wait");
        assertThat(cluster.fs().exists(new Path("/never"))).isFalse();
    }

    @Test
    void shouldSayWhyTheOwnerRefused() throws Exception {
        final String name = cluster.composedFile(bytes(10, 1));
        composer.put(name, "DENIED", "owner_said_no", 0);
        composer.answerNextRequestWith(name);

        final Result result = run("-composeFromLocal", "{\"vm1\": \"/data/log\"}", "/denied");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("DENIED").contains("owner_said_no");
    }

    @Test
    void shouldRepeatTheComposersRefusal() throws Exception {
        composer.answerNextRequestWith(404, Map.of("detail", "no VM is named vm9", "reason", "no_such_vm", "status", 404));

        final Result result = run("-composeFromLocal", "{\"vm9\": \"/data/log\"}", "/no-vm");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("no VM is named vm9").contains("no_such_vm");
    }

    @Test
    void shouldNotAskAnyoneWhenTheDestinationExists() throws Exception {
        cluster.fs().create(new Path("/exists")).close();
        final JsonNode before = composer.lastRequest();

        final Result result = run("-composeFromLocal", "{\"vm1\": \"/only-if-absent\"}", "/exists");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("File exists");
        assertThat(composer.lastRequest()).isSameAs(before);
    }

    @Test
    void shouldShowTheFormWhenTheConfIsWrong() throws Exception {
        for (final String conf : new String[] {"{", "{}", "[]", "{\"vm\": 1}", "{\"vm\": \"rel\"}", "/no/such/file",
            "{\"vm\": \"/a\", \"vm\": \"/b\"}"}) {
            final Result result = run("-composeFromLocal", conf, "/wrong");
            assertThat(result.exit()).as(conf).isEqualTo(1);
            assertThat(result.err()).as(conf).containsAnyOf("wanted is JSON like", "no such file");
        }
    }

    @Test
    void shouldKeepTheStockCommandsAndRefuseWrongUse() throws Exception {
        assertThat(run("-mkdir", "/made").exit()).isZero();
        assertThat(run("-ls", "/").out()).contains("/made");
        assertThat(run("-composeFromLocal", "/only-one").exit()).isEqualTo(-1);
        assertThat(run("-composeFromLocal", "-wait", "soon", "{}", "/x").exit()).isEqualTo(-1);
        assertThat(run("-help", "composeFromLocal").out()).contains("without copying");
    }
}
