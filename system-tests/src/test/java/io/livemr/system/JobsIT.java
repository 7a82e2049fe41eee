package io.livemr.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import io.livemr.lab.disk.DataDisk;
import io.livemr.launcher.Main;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.client.JobRequest;
import io.livemr.launcher.client.PanelClient;
import io.livemr.launcher.stack.Installation;
import io.livemr.system.packages.PackagedPanel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs through the control panel: good ones end right whatever dies meanwhile, bad ones say why and leave nothing. */
class JobsIT {
    private static Site site;
    private static LabVm vm;

    @BeforeAll
    static void up() {
        site = Site.up(LabSpec.of(2).dataDisk("vm2", DataDisk.qcow2().xfs()), PackagedPanel::mayCompose);
        vm = site.vm("vm1");
        vm.execAs(Site.OWNER, "mkdir /data/folder; for i in $(seq 1 20000); do echo apple pear $i; done > /data/words").orThrow();
        site.vm("vm2").execAs(Site.OWNER, "echo x > /data/on-xfs").orThrow();
    }

    @AfterAll
    static void down() {
        if (site != null) {
            site.close();
        }
    }

    private static String submit(final String domain, final String path) {
        return site.stack().panel().submit(new JobRequest("it", Installation.find().jar("examples"), "io.livemr.examples.WordCount",
            List.of(), List.of(new JobRequest.Input(domain, path))));
    }

    private static JsonNode awaitState(final String job, final String state) {
        return awaitState(() -> site.stack().panel(), job, state);
    }

    private static JsonNode awaitState(final Supplier<PanelClient> panel, final String job, final String state) {
        final JsonNode found = await("job " + job + " state=" + state).atMost(Duration.ofMinutes(8)).pollInterval(Duration.ofMillis(100))
            .ignoreExceptions().until(() -> panel.get().job(job), now -> stateOf(now).equals(state) || PanelClient.hasEnded(stateOf(now)));
        assertThat(stateOf(found)).as("job: " + found).isEqualTo(state);
        return found;
    }

    private static String stateOf(final JsonNode job) {
        return job.path("state").asText();
    }

    @ParameterizedTest(name = "{1} in {0}")
    @CsvSource({
        "vm9, /data/words, vm9",
        "vm1, /data/absent, no_such_file",
        "vm1, /data/folder, not_a_regular_file",
        "vm2, /data/on-xfs, unsupported_file_system",
    })
    void shouldSayWhyAJobCannotBeAndLeaveNothingBehind(final String name, final String path, final String clue) {
        final String domain = name.equals("vm9") ? name : site.vm(name).domain();
        final int filesBefore = site.stack().composer().files().size();

        final JsonNode job = awaitState(submit(domain, path), "FAILED");

        assertThat(job.toString()).contains(clue).contains(path);
        assertThat(job.path("reason").asText()).isNotEmpty();
        await().atMost(Site.LIMIT).untilAsserted(() -> {
            assertThat(site.stack().composer().files().size()).isEqualTo(filesBefore);
            assertThat(site.stack().webHdfs().exists("/livemr/jobs/" + job.path("id").asText())).isFalse();
        });
    }

    @Test
    void shouldRunOnThoseFilesOfAPatternThatThePolicyLetsBeKnown() {
        vm.execAs(Site.OWNER, "mkdir /data/many; for i in 1 2 3; do echo plum >> /data/many/$i.log; done; echo fig > /data/many/other.txt;"
            + " ln -s /data/many/1.log /data/many/link.log").orThrow();
        Site.allowByPolicy(vm);

        final int code = Main.commandLine().execute("submit", "--state", site.stack().describe().run(), "--name", "pattern",
            "--jar", Installation.find().jar("examples").toString(), "--main", "io.livemr.examples.WordCount", "--requester", Site.REQUESTER,
            "--input", vm.domain() + ":/data/many/*.log", "--pinned");

        assertThat(code).isEqualTo(ExitCode.DONE);
        final JsonNode job = site.stack().panel().jobs().path("items").path(0);
        assertThat(job.path("inputs").findValuesAsText("path")).containsExactly("/data/many/1.log", "/data/many/2.log", "/data/many/3.log");
        assertThat(new String(site.stack().webHdfs().read(job.path("output").asText() + "/part-r-00000"), StandardCharsets.UTF_8))
            .isEqualTo("plum\t3\n");
        assertThat(audit(job.path("id").asText()).path("items").findValuesAsText("grantedBy")).containsOnly("policy");
        awaitCleanedUp(job.path("id").asText());
    }

    @Test
    void shouldEndAJobWhoseOwnerSaysNo() {
        vm.execAs(Site.OWNER, "echo x > /data/private").orThrow();
        final String job = submit(vm.domain(), "/data/private");
        awaitState(job, "AWAITING_CONSENT");

        site.answerAs(Site.OWNER, vm, "/data/private", "--no");

        assertThat(awaitState(job, "FAILED").path("reason").asText()).isEqualTo("owner_said_no");
        assertThat(events(job)).containsExactly("JOB_SUBMITTED", "FILE_ASKED", "FILE_DENIED");
        awaitCleanedUp(job);
    }

    @Test
    void shouldEndARunningJobWhoseOwnerTakesHisFileBackAndTellWhoReadItByWhoseYes() throws Exception {
        vm.execAs(Site.OWNER, "cp /data/words /data/lent").orThrow();
        final String job = site.stack().panel().submit(new JobRequest("reads on", Jars.alone(ReadsOn.class), ReadsOn.class.getName(),
            List.of("{input}"), List.of(new JobRequest.Input(vm.domain(), "/data/lent"))));
        awaitState(job, "AWAITING_CONSENT");
        await().atMost(Site.LIMIT).until(() -> vm.exec("cat /var/mail/" + Site.OWNER).stdout(), mails -> mails.contains("/data/lent"));
        site.answerAs(Site.OWNER, vm, "/data/lent", "--yes");
        awaitState(job, "RUNNING");
        await().atMost(Site.LIMIT).ignoreExceptions().until(() -> site.stack().panel().log(job).contains("read bytes="));

        site.answerAs(Site.OWNER, vm, "/data/lent", "--revoke");

        assertThat(awaitState(job, "FAILED").path("reason").asText()).isEqualTo("owner_revoked");
        assertThat(events(job)).containsExactly("JOB_SUBMITTED", "FILE_ASKED", "FILE_GRANTED", "FILE_READ", "FILE_REVOKED");
        final JsonNode read = audit(job).path("items").path(1);
        assertThat(read.path("event").asText()).isEqualTo("FILE_READ");
        assertThat(List.of(read.path("vm").asText(), read.path("path").asText(), read.path("owner").asText(), read.path("grantedBy").asText()))
            .containsExactly(vm.domain(), "/data/lent", Site.OWNER, "owner");
        awaitCleanedUp(job);
    }

    private static JsonNode audit(final String job) {
        return site.stack().panel().list("/api/v1/audit?job=" + job + "&", 100);
    }

    /** The first of them first. */
    private static List<String> events(final String job) {
        final List<String> events = audit(job).path("items").findValuesAsText("event");
        Collections.reverse(events);
        return events;
    }

    /** The other tests count composed files. */
    private static void awaitCleanedUp(final String job) {
        await().atMost(Site.LIMIT).until(() -> site.stack().panel().job(job).path("cleanedUp").asBoolean());
    }

    @Test
    void shouldEndAJobRightThoughThePanelDiesInTheMiddle() {
        final String path = "/data/words-copy";
        vm.execAs(Site.OWNER, "cp /data/words " + path).orThrow();
        final String job = submit(vm.domain(), path);
        awaitState(job, "AWAITING_CONSENT");

        site.stack().process("panel").killForcibly();
        site.stack().awaitHealthy();
        awaitState(job, "AWAITING_CONSENT");
        site.answerAs(Site.OWNER, vm, path, "--yes");
        awaitState(job, "RUNNING");
        site.stack().process("panel").killForcibly();

        final JsonNode ended = awaitState(job, "SUCCEEDED");
        final String part = new String(site.stack().webHdfs().read(ended.path("output").asText() + "/part-r-00000"),
            StandardCharsets.UTF_8);
        assertThat(part).contains("apple\t20000\n").contains("pear\t20000\n");
    }

    /** The package's panel: its drivers have users of their own, start from the archive all the same, and are found again by a panel that was killed. */
    @Test
    void shouldKeepTheCodeOfAJobFromThePanelThatFindsItAgain() throws Exception {
        Site.allowByPolicy(vm);
        vm.execAs(Site.OWNER, "echo plum plum > /data/packaged").orThrow();
        try (PackagedPanel panel = PackagedPanel.start(site.stack())) {
            final List<String> forbidden = panel.whatAJobMustNotDo();
            forbidden.forEach(panel.container()::run);      // root may
            await("an archive of Hadoop's classes").atMost(Site.LIMIT).until(panel::hasArchive);
            final String job = panel.submit(Site.REQUESTER, vm.domain(), "/data/packaged",
                Stream.concat(forbidden.stream(), Stream.of("until test -e /go; do sleep 0.1; done", PackagedPanel.STARTS_FROM_ARCHIVE)).toList());
            await("what was tried").atMost(Site.LIMIT).ignoreExceptions().until(() -> tried(panel, job).size() == forbidden.size());
            panel.container().run("systemctl kill --kill-whom=main --signal=KILL livemr-panel; touch /go");

            final JsonNode ended = awaitState(panel::client, job, "SUCCEEDED");

            assertThat(tried(panel, job)).startsWith(forbidden.stream().map(command -> "tried " + command + ": no").toArray(String[]::new));
            assertThat(tried(panel, job)).endsWith("tried " + PackagedPanel.STARTS_FROM_ARCHIVE + ": yes");
            assertThat(new String(site.stack().webHdfs().read(ended.path("output").asText() + "/part-r-00000"), StandardCharsets.UTF_8))
                .isEqualTo("plum\t2\n");
        }
    }

    private static List<String> tried(final PackagedPanel panel, final String job) {
        return panel.client().log(job).lines().filter(line -> line.startsWith("tried ")).toList();
    }
}
