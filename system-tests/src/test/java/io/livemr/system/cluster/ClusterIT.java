package io.livemr.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.lab.Lab;
import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import io.livemr.lab.host.FileTree;
import io.livemr.lab.ssh.GuestCommand;
import io.livemr.launcher.client.JobRequest;
import io.livemr.launcher.client.PanelClient;
import io.livemr.launcher.stack.Installation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real YARN cluster of a controller and three compute nodes with a VM each; all daemons are Hadoop's own. */
class ClusterIT {
    private static final int NODES = 3;
    private static final int LINES = 4_000;
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private static Path folder;
    private static Lab lab;
    private static Cluster cluster;

    @BeforeAll
    static void up() throws Exception {
        folder = Files.createTempDirectory(Path.of("/var/tmp"), "livemr-cluster");
        lab = Lab.up(LabSpec.of(NODES).name("cl" + ProcessHandle.current().pid() % 100_000).state(folder.resolve("lab")));
        lab.vms().parallelStream().forEach(ClusterIT::prepare);
        cluster = Cluster.up(folder.resolve("hosts"), lab.vms().stream().map(vm -> lab.stateFolder().resolve(vm.name())).toList());
    }

    /** Everybody may be asked nothing; the words of a VM are its own, and one that all share. */
    private static void prepare(final LabVm vm) {
        vm.run(GuestCommand.of("mkdir -p /etc/livemr; cat > /etc/livemr/policy.json; chmod 644 /etc/livemr/policy.json;"
                + " for i in $(seq 1 " + LINES + "); do echo shared " + vm.name() + "; done > /data/words; cp /data/words /data/killed; sync")
            .stdin("{\"allow\":[{\"requester\":\"ana\",\"paths\":[\"/data/**\"]}]}")).orThrow();
    }

    @AfterAll
    static void down() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        if (lab != null) {
            lab.close();
        }
        FileTree.delete(folder);
    }

    @Test
    void shouldCountTheWordsOfThreeHostsWhereTheyAreThoughThePanelDiesMeanwhile() throws Exception {
        final String job = submit(lab.vms(), "/data/words");
        final String application = awaitApplication(job, "RUNNING");
        cluster.process("panel").killForcibly();
        cluster.process("panel").awaitHealthy(LIMIT);
        assertThat(panel().job(job).at("/applications/0/id").asText()).isEqualTo(application);

        final JsonNode ended = await(job, () -> panel().job(job).path("cleanedUp").asBoolean() ? panel().job(job) : null);

        assertThat(ended.path("state").asText()).as(ended.toPrettyString()).isEqualTo("SUCCEEDED");
        assertThat(output(ended)).isEqualTo("shared\t" + NODES * LINES + "\nvm1\t" + LINES + "\nvm2\t" + LINES + "\nvm3\t" + LINES + "\n");
        assertThat(localMaps(application)).isEqualTo(NODES);
        final JsonNode shown = ended.at("/applications/0");
        assertThat(shown.at("/counters/org.apache.hadoop.mapreduce.JobCounter/DATA_LOCAL_MAPS").asInt()).isEqualTo(NODES);
        assertThat(shown.path("finalStatus").asText()).isEqualTo("SUCCEEDED");
        assertThat(shown.path("progress").asDouble()).isEqualTo(1);
        assertThat(shown.path("trackingUrl").asText()).contains(cluster.address(Cluster.CONTROLLER));
    }

    @Test
    void shouldEndTheApplicationOfAJobThatIsKilled() throws Exception {
        final String job = submit(lab.vms().subList(0, 1), "/data/killed");
        final String application = awaitApplication(job, "ACCEPTED", "RUNNING");

        panel().kill(job);

        await(job, () -> panel().job(job).path("cleanedUp").asBoolean() ? panel().job(job) : null);
        assertThat(panel().job(job).path("state").asText()).isEqualTo("KILLED");
        assertThat(cluster.application(application).path("state").asText()).isEqualTo("KILLED");
        assertThat(panel().job(job).at("/applications/0/state").asText()).isEqualTo("KILLED");
        assertThat(cluster.webHdfs().exists("/livemr/jobs/" + job + "/input")).isFalse();
    }

    /** Each job has a file of its own: one that an earlier job is about to let go of is refused as busy. */
    private static String submit(final List<LabVm> vms, final String path) {
        return panel().submit(new JobRequest("words", Installation.find().jar("examples"), "io.livemr.examples.WordCount", List.of(),
            vms.stream().map(vm -> new JobRequest.Input(vm.domain(), path)).toList()));
    }

    private static PanelClient panel() {
        return cluster.panel();
    }

    private static String awaitApplication(final String job, final String... states) throws Exception {
        return await(job, () -> {
            final JsonNode application = panel().job(job).at("/applications/0");
            return List.of(states).contains(application.path("state").asText()) ? application.path("id").asText() : null;
        });
    }

    private static String output(final JsonNode job) {
        return new String(cluster.webHdfs().read(job.path("output").asText() + "/part-r-00000"), StandardCharsets.UTF_8);
    }

    /** From YARN's own job history. */
    private static int localMaps(final String application) {
        final JsonNode counters = cluster.history("/mapreduce/jobs/" + application.replace("application", "job") + "/counters");
        return counters.findParents("name").stream().filter(counter -> counter.path("name").asText().equals("DATA_LOCAL_MAPS"))
            .mapToInt(counter -> counter.path("totalCounterValue").asInt()).sum();
    }

    /** What is not null; fails at once when the job has failed. */
    private static <T> T await(final String job, final Callable<T> wanted) throws Exception {
        try {
            return Awaitility.await("job " + job).atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
                final JsonNode now = panel().job(job);
                assertThat(now.path("state").asText()).as(now.toPrettyString() + panel().log(job)).isNotEqualTo("FAILED");
                return wanted.call();
            }, found -> found != null);
        } catch (final AssertionError | ConditionTimeoutException e) {
            throw new AssertionError(panel().job(job).toPrettyString() + "\n" + panel().log(job) + cluster.logs(), e);
        }
    }
}
