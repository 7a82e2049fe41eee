package io.livemr.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import io.livemr.lab.ssh.ExecResult;
import io.livemr.launcher.client.ComposerClient.Source;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The owner decides, and nobody else; what the owner takes back is gone for every reader. */
class ConsentIT {
    /** Counted from the question on: long enough for a loaded machine to put it to the owner, take the yes and show the file. */
    private static final Duration SHORT_GRANT = Duration.ofMinutes(2);

    private static Site site;
    private static LabVm vm;

    @BeforeAll
    static void up() {
        site = Site.up(LabSpec.of(1));
        vm = site.vm("vm1");
    }

    @AfterAll
    static void down() {
        if (site != null) {
            site.close();
        }
    }

    private static void makeFile(final String path) {
        vm.execAs(Site.OWNER, "head -c 3000000 /dev/urandom > " + path + "; chmod 664 " + path + "; chgrp analysts " + path).orThrow();
    }

    @Test
    void shouldTellTheOwnerByMailWhoAsksForWhat() {
        makeFile("/data/mailed");

        site.ask(vm, "/data/mailed");

        await().atMost(Site.LIMIT).untilAsserted(() -> assertThat(vm.exec("cat /var/mail/" + Site.OWNER).stdout())
            .contains("/data/mailed").contains(Site.REQUESTER).contains("livemr-grant"));
    }

    @Test
    void shouldServeNothingWhenTheOwnerSaysNo() {
        makeFile("/data/refused");
        final String name = site.ask(vm, "/data/refused");

        site.answerAs(Site.OWNER, vm, "/data/refused", "--no");

        assertThat(site.awaitState(name, "DENIED").path("reason").asText()).isEqualTo("owner_said_no");
        assertThat(site.stack().layout().mount().resolve(name)).doesNotExist();
        vm.execAs(Site.OWNER, "truncate -s 10 /data/refused").orThrow();
    }

    @Test
    void shouldNotTakeTheYesOfAWriterWhoIsNotTheOwner() {
        makeFile("/data/shared");
        final String name = site.ask(vm, "/data/shared");

        vm.execAs("bob", "echo bob may write >> /data/shared").orThrow();
        final ExecResult yesOfBob = vm.execAs("bob", "livemr-grant", "/data/shared", "--yes");
        final ExecResult yesOfRoot = vm.exec("livemr-grant", "/data/shared", "--yes");

        assertThat(yesOfBob.exitCode()).isNotZero();
        assertThat(yesOfRoot.exitCode()).isNotZero();
        assertThat(site.file(name).path("state").asText()).isEqualTo("AWAITING_CONSENT");
    }

    @Test
    void shouldStopServingWhenTheGrantExpires() {
        makeFile("/data/short");
        final JsonNode asked = site.stack().composer().compose(Site.REQUESTER, List.of(new Source(vm.domain(), "/data/short")),
            SHORT_GRANT);
        final String name = asked.path("name").asText();
        site.awaitState(name, "AWAITING_CONSENT");
        site.answerAs(Site.OWNER, vm, "/data/short", "--yes");
        site.awaitState(name, "LIVE");

        assertThat(site.awaitState(name, "REVOKED").path("reason").asText()).isEqualTo("expired");
        await().atMost(Site.LIMIT).until(() -> vm.execAs(Site.OWNER, "truncate -s 10 /data/short").succeeded());
    }

    @Test
    void shouldNameTheReasonToAReaderWhoseFileIsRevokedAndLeaveOthersAlone() throws Exception {
        makeFile("/data/taken-back");
        makeFile("/data/left-alone");
        final Path revoked = site.compose(vm, "/data/taken-back");
        final Path other = site.compose(vm, "/data/left-alone");
        final String truth = Sha256.inGuest(vm, "/data/left-alone");
        final AtomicLong reads = new AtomicLong();
        final CompletableFuture<IOException> refusal = CompletableFuture.supplyAsync(() -> readUntilRefused(revoked, reads));
        await().atMost(Site.LIMIT).untilAtomic(reads, org.hamcrest.Matchers.greaterThan(5L));

        site.answerAs(Site.OWNER, vm, "/data/taken-back", "--revoke");

        assertThat(refusal.get(30, java.util.concurrent.TimeUnit.SECONDS)).hasMessageContaining("Permission denied");
        assertThat(Xattrs.get(revoked, "user.livemr.reason")).isEqualTo("owner_revoked");
        assertThat(Sha256.of(other)).isEqualTo(truth);
    }

    /** One open file, read over and over from its start; what it throws is the answer. To open it again would be refused with no more than its name. */
    private static IOException readUntilRefused(final Path file, final AtomicLong reads) {
        try (FileChannel channel = FileChannel.open(file)) {
            for (final Pace pace = new Pace();; pace.rest()) {
                Channels.newInputStream(channel.position(0)).readAllBytes();
                reads.incrementAndGet();
            }
        } catch (final IOException e) {
            return e;
        }
    }

    @Test
    void shouldNameTheReasonToAReaderThroughHdfs() {
        makeFile("/data/in-hdfs");
        final Path composed = site.compose(vm, "/data/in-hdfs");
        site.composeIntoHdfs(vm, "/data/in-hdfs", "/in-hdfs");

        site.answerAs(Site.OWNER, vm, "/data/in-hdfs", "--revoke");
        site.awaitState(composed.getFileName().toString(), "REVOKED");

        final var read = site.stack().shell().run("-cat", "/in-hdfs");
        assertThat(read.exitCode()).isNotZero();
        assertThat(read.errors()).contains("owner_revoked");
    }
}
