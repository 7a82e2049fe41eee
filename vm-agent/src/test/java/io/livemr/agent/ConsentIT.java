package io.livemr.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.agent.channel.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Owners are real uids here: each livemr-grant runs under setpriv in a process of its own. */
class ConsentIT {

    private static final int OWNER = 4_001;
    private static final int WRITER = 4_002;
    private static final int ROOT = 0;
    private static LoopDisk disk;
    private static String classPath;
    private AgentFixture agent;
    private Path file;

    /** How one livemr-grant ended. */
    record Answer(int exit, String output) {
    }

    @BeforeAll
    static void makeDisk() throws IOException {
        LoopDisk.requireRootAndLoop();
        disk = LoopDisk.ext4("", "");
        LoopDisk.run("chmod", "755", disk.mount().toString());
        LoopDisk.run("chmod", "755", disk.mount().getParent().toString());
        classPath = classPathForEveryone();
    }

    /** Other users cannot read this build's folders. */
    private static String classPathForEveryone() throws IOException {
        final Path folder = Files.createDirectory(disk.mount().resolve("classes"));
        for (final String entry : System.getProperty("java.class.path").split(":")) {
            if (entry.matches(".*/(jackson|picocli|slf4j|vm-agent|classes$)[^/]*")) {
                LoopDisk.run("cp", "-r", entry, folder.toString());
            }
        }
        LoopDisk.run("chmod", "-R", "a+rX", folder.toString());
        return folder + "/classes:" + folder + "/*";
    }

    @AfterAll
    static void removeDisk() throws IOException {
        if (disk != null) {
            disk.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        agent = new AgentFixture(disk);
        agent.allow("{\"allow\":[]}");
        agent.start();
        file = Files.createTempFile(disk.mount(), "owned", ".log");
        Files.write(file, new byte[10_000]);
        LoopDisk.run("chown", String.valueOf(OWNER), file.toString());
        LoopDisk.run("chmod", "666", file.toString());
    }

    @AfterEach
    void stop() throws IOException {
        agent.close();
    }

    @Test
    void shouldTellOnlyNamesThatThePolicyLetsTheRequesterKnow() throws Exception {
        final Path folder = Files.createDirectory(disk.mount().resolve("told"));
        for (final String name : List.of("a.log", "b.log", "secret.log")) {
            Files.write(folder.resolve(name), new byte[100]);
        }
        agent.allow("{\"allow\":[{\"requester\":\"bob\",\"paths\":[\"" + folder + "/a*\"]}],"
                + "\"list\":[{\"requester\":\"bob\",\"paths\":[\"" + folder + "/b*\"]}]}");

        list("l1", folder + "/*.log", "bob");
        list("l2", folder + "/*.log", "eve");
        list("l3", folder + "/a.log", "bob");

        final JsonNode listed = agent.composer.answer("l1", "listed");
        assertThat(listed.path("files").toString()).isEqualTo("[{\"path\":\"" + folder + "/a.log\",\"lengthBytes\":100},{\"path\":\""
                + folder + "/b.log\",\"lengthBytes\":100}]");
        assertThat(listed.path("truncated").asBoolean()).isFalse();
        assertThat(agent.composer.answer("l3", "denied").path("reason").asText()).isEqualTo("bad_path");
        assertThat(agent.composer.expect(line -> line.path("id").asText().equals("l2")).toString()).doesNotContain("a.log", "secret");
    }

    private void list(final String id, final String pattern, final String requester) throws IOException {
        agent.composer.say(Lines.of("list", id).put("pattern", pattern).put("requester", requester));
    }

    @Test
    void shouldGrantWhenTheOwnerSaysYesWithTheTokenFromTheMail() throws Exception {
        agent.composer.map("m1", file, "bob", 600);
        assertThat(agent.composer.answer("m1").path("type").asText()).isEqualTo("pending");

        final Answer answer = grant(OWNER, file.toString(), "--yes", "--token", tokenInMail());

        assertThat(answer.exit()).as(answer.output()).isZero();
        final JsonNode granted = agent.composer.answer("m1", "granted");
        assertThat(granted.path("by").asText()).isEqualTo("owner");
        agent.composer.committed(granted, 10_000);
    }

    @Test
    void shouldRefuseWhoMayWriteTheFileButDoesNotOwnIt() throws Exception {
        agent.composer.map("m1", file, "bob", 600);
        final String token = tokenInMail();

        final Answer answer = grant(WRITER, file.toString(), "--yes", "--token", token);

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.output()).contains("not its owner");
        assertThat(agent.composer.heard("granted")).isEmpty();
    }

    @Test
    void shouldRefuseRootWhereRootIsNotTheOwner() throws Exception {
        agent.composer.map("m1", file, "bob", 600);
        agent.composer.answer("m1", "pending");

        assertThat(grant(ROOT, file.toString(), "--yes").exit()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAFormerOwner() throws Exception {
        agent.composer.map("m1", file, "bob", 600);
        final String token = tokenInMail();
        LoopDisk.run("chown", String.valueOf(WRITER), file.toString());

        assertThat(grant(OWNER, file.toString(), "--yes", "--token", token).exit()).isEqualTo(1);
    }

    @Test
    void shouldTakeATokenOnce() throws Exception {
        agent.composer.map("m1", file, "bob", 600);
        final String token = tokenInMail();
        grant(OWNER, file.toString(), "--no", "--token", token);
        assertThat(agent.composer.answer("m1", "denied").path("reason").asText()).isEqualTo("owner_said_no");
        agent.composer.map("m2", file, "bob", 600);
        agent.composer.answer("m2", "pending");

        final Answer replay = grant(OWNER, file.toString(), "--yes", "--token", token);

        assertThat(replay.exit()).isEqualTo(1);
        assertThat(replay.output()).contains("used token");
        assertThat(agent.composer.heard("granted")).isEmpty();
    }

    @Test
    void shouldAskWhichRequesterIsMeant() throws Exception {
        agent.composer.map("m1", file, "bob", 600);
        agent.composer.map("m2", file, "eve", 600);
        agent.composer.answer("m2", "pending");

        final Answer unclear = grant(OWNER, file.toString(), "--yes");
        final Answer clear = grant(OWNER, file.toString(), "--yes", "--requester", "eve");

        assertThat(unclear.exit()).isEqualTo(1);
        assertThat(unclear.output()).contains("bob").contains("eve");
        assertThat(clear.exit()).as(clear.output()).isZero();
        assertThat(agent.composer.answer("m2", "granted").path("id").asText()).isEqualTo("m2");
        assertThat(grant(OWNER, "--list").output()).contains("asked    bob").contains("granted  eve");
        assertThat(grant(WRITER, "--list").output()).doesNotContain("bob");
    }

    @Test
    void shouldLetGoOfTheFileBeforeRevokeReturns() throws Exception {
        agent.composer.map("m1", file, "bob", 600);
        agent.composer.answer("m1", "pending");
        assertThat(grant(OWNER, file.toString(), "--yes").exit()).isZero();
        agent.composer.committed(agent.composer.answer("m1", "granted"), 10_000);

        final Answer answer = grant(OWNER, file.toString(), "--revoke");

        assertThat(answer.exit()).as(answer.output()).isZero();
        LoopDisk.run("truncate", "-s", "1", file.toString());
        assertThat(agent.composer.heard("revoked").get(0).path("reason").asText()).isEqualTo("owner_revoked");
    }

    @Test
    void shouldKeepThePinUntilTheLeaseOfASilentComposerIsOver() throws Exception {
        agent.composer.map("m1", file, "bob", 600);
        agent.composer.answer("m1", "pending");
        assertThat(grant(OWNER, file.toString(), "--yes").exit()).isZero();
        agent.composer.answer("m1", "granted");
        agent.composer.acknowledge(false);

        final long beganNanos = System.nanoTime();
        final Answer answer = grant(OWNER, file.toString(), "--revoke");
        final long tookMillis = (System.nanoTime() - beganNanos) / 1_000_000;

        // One lease for the acknowledgement that does not come, one and a half until the composer must have stopped.
        assertThat(answer.exit()).isZero();
        assertThat(tookMillis).isGreaterThan(AgentFixture.LEASE_MILLIS * 5 / 2 - 300);
    }

    @Test
    void shouldHoldAnOpenRequestOverARestart() throws Exception {
        agent.composer.map("m1", file, "bob", 600);
        final String token = tokenInMail();
        agent.stopAgent();
        agent.start();
        agent.composer.map("m2", file, "bob", 600);
        agent.composer.answer("m2", "pending");

        final Answer answer = grant(OWNER, file.toString(), "--yes", "--token", token);

        assertThat(answer.exit()).as(answer.output()).isZero();
        agent.composer.answer("m2", "granted");
    }

    @Test
    void shouldGrantNothingOnACopyOfAGrantedFile() throws Exception {
        agent.composer.map("m1", file, "bob", 600);
        agent.composer.answer("m1", "pending");
        assertThat(grant(OWNER, file.toString(), "--yes").exit()).isZero();
        agent.composer.answer("m1", "granted");
        final Path copy = file.resolveSibling(file.getFileName() + ".copy");
        LoopDisk.run("cp", "-a", file.toString(), copy.toString());
        assertThat(LoopDisk.run("getfattr", "-n", "trusted.livemr", copy.toString())).contains("trusted.livemr=");

        agent.composer.map("m2", copy, "bob", 600);

        assertThat(agent.composer.answer("m2").path("type").asText()).isEqualTo("pending");
    }

    @Test
    void shouldIgnoreAPolicyThatOthersCanWrite() throws Exception {
        agent.allow("{\"allow\":[{\"requester\":\"*\",\"paths\":[\"/**\"]}]}");
        LoopDisk.run("chmod", "666", agent.settings.policy.toString());

        agent.composer.map("m1", file, "bob", 600);

        assertThat(agent.composer.answer("m1").path("type").asText()).isEqualTo("pending");
    }

    @Test
    void shouldEndAGrantWhenItExpires() throws Exception {
        agent.composer.map("m1", file, "bob", 3);
        agent.composer.answer("m1", "pending");
        assertThat(grant(OWNER, file.toString(), "--yes").exit()).isZero();
        agent.composer.answer("m1", "granted");

        agent.composer.expect(line -> line.path("reason").asText().equals("expired"));
        await().untilAsserted(() ->
                assertThat(LoopDisk.run("lsattr", file.toString()).split(" ")[0]).doesNotContain("a"));
    }

    @Test
    void shouldRevokeWhenSomeoneClearsTheFlag() throws Exception {
        agent.composer.map("m1", file, "bob", 600);
        agent.composer.answer("m1", "pending");
        assertThat(grant(OWNER, file.toString(), "--yes").exit()).isZero();
        agent.composer.answer("m1", "granted");

        LoopDisk.run("chattr", "-a", file.toString());

        assertThat(agent.composer.expect(line -> line.path("type").asText().equals("revoked"))
                .path("reason").asText()).isEqualTo("unpinned");
    }

    @Test
    void shouldRevokeWhenARemountStopsFsyncFromReachingTheDisk() throws Exception {
        agent.composer.map("m1", file, "bob", 600);
        agent.composer.answer("m1", "pending");
        assertThat(grant(OWNER, file.toString(), "--yes").exit()).isZero();
        agent.composer.answer("m1", "granted");

        LoopDisk.run("mount", "-o", "remount,barrier=0", disk.mount().toString());
        try {
            assertThat(agent.composer.expect(line -> line.path("type").asText().equals("revoked"))
                    .path("reason").asText()).isEqualTo("io_error");
        } finally {
            LoopDisk.run("mount", "-o", "remount,barrier=1", disk.mount().toString());
        }
    }

    @Test
    void shouldEndOnlyOneRequestersGrantWhileOthersRead() throws Exception {
        agent.allow("{\"allow\":[{\"requester\":\"*\",\"paths\":[\"" + disk.mount() + "/**\"]}]}");
        agent.composer.map("m1", file, "bob", 600);
        agent.composer.answer("m1", "granted");
        agent.composer.map("m2", file, "eve", 900);
        final JsonNode second = agent.composer.answer("m2", "granted");

        agent.composer.say(Lines.of("unmap", "u").put("path", file.toString()).put("requester", "bob"));

        final JsonNode revoked = agent.composer.expect(line -> line.path("type").asText().equals("revoked"));
        assertThat(revoked.path("requester").asText()).isEqualTo("bob");
        assertThat(second.path("expiresInMillis").asLong()).isLessThanOrEqualTo(600_000);
        assertThat(LoopDisk.run("lsattr", file.toString()).split(" ")[0]).contains("a");
    }

    private String tokenInMail() {
        final Pattern token = Pattern.compile("--yes --token (\\S+)");
        return await().until(() -> {
            final Path mail = agent.folder.resolve("mail");
            final Matcher found = token.matcher(Files.exists(mail) ? Files.readString(mail) : "");
            return found.find() ? found.group(1) : null;
        }, found -> found != null);
    }

    private Answer grant(final int uid, final String... args) throws Exception {
        final List<String> command = new ArrayList<>(List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-cp", classPath, "io.livemr.agent.grant.GrantCommand",
                "--socket", agent.settings.socket.toString()));
        Collections.addAll(command, args);
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes());
        return new Answer(process.waitFor(), output);
    }
}
