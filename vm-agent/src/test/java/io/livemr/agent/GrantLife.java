package io.livemr.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.channel.Lines;
import io.livemr.agent.grant.GrantCommand;
import io.livemr.extent.wire.CommittedMap;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * One guest file from the question to its owner to the end of the grant, as composer and owner go through it: whoever got no answer asks again. Whatever the
 * composer has a map of holds the file's bytes at these places, and the file cannot be overwritten until the composer has heard that it is taken back.
 */
final class GrantLife {

    private static final int LONGEST_BYTES = 300_000;

    private final Path file;
    private final Random random;
    private final AgentFixture fixture;
    private final AgentLives lives;
    private int askedIn;
    private int questions;
    private JsonNode granted;
    private JsonNode identity;
    private boolean mapped;
    private boolean takenBack;

    GrantLife(final Path file, final Random random, final AgentFixture fixture, final AgentLives lives) {
        this.file = file;
        this.random = random;
        this.fixture = fixture;
        this.lives = lives;
    }

    private byte[] someBytes() {
        final byte[] bytes = new byte[1 + random.nextInt(LONGEST_BYTES)];
        random.nextBytes(bytes);
        return bytes;
    }

    void grant() throws Exception {
        Files.write(file, someBytes());
        lives.await(file + " granted", this::isMapped);
    }

    void grow() throws Exception {
        Files.write(file, someBytes(), StandardOpenOption.APPEND);
        lives.await(file + " grown", this::isMapped);
    }

    void takeBack() throws Exception {
        lives.await(file + " taken back", () -> {
            ask();
            owner("--revoke");
            listen();
            return isAsBefore();
        });
        assertThat(takenBack).as("the composer was told").isTrue();
        Files.write(file, new byte[1]);
    }

    void awaitAsBefore() throws Exception {
        lives.await(file + " as before", this::isAsBefore);
    }

    private boolean isMapped() throws IOException {
        ask();
        listen();
        if (granted == null) {
            answerIfAsked();
            return false;
        }
        final Optional<CommittedMap> map = fixture.composer.committedNow(granted);
        map.ifPresent(this::check);
        return map.isPresent() && map.get().lengthBytes() == Files.size(file);
    }

    private void check(final CommittedMap map) {
        mapped = true;
        try {
            final byte[] truth = Files.readAllBytes(file);
            assertThat(map.lengthBytes()).isLessThanOrEqualTo(truth.length);
            assertThat(Arrays.mismatch(fixture.disk.bytesOf(map), Arrays.copyOf(truth, (int) map.lengthBytes()))).as("wrong byte in " + file).isEqualTo(-1);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    // ---- the composer

    /** Once in each session: anew, or by identity a file that it has in use. */
    private void ask() throws IOException {
        if (askedIn == lives.session()) {
            return;
        }
        askedIn = lives.session();
        questions++;
        final ObjectNode line = Lines.of("map", question()).put("path", file.toString()).put("requester", "bob").put("ttlSeconds", 600);
        if (granted != null) {
            line.set("file", granted.path("file"));
        }
        fixture.composer.say(line);
    }

    private void listen() {
        answer("granted").ifPresent(line -> {
            granted = line;
            identity = line.path("file");
        });
        if (answer("denied").isPresent()) {
            takenBack |= granted != null;
            granted = null;
            askedIn = 0;
        }
        takenBack |= fixture.composer.heard("revoked").stream().anyMatch(line -> line.path("file").equals(identity));
    }

    private String question() {
        return file.getFileName() + "-" + questions;
    }

    private Optional<JsonNode> answer(final String type) {
        return fixture.composer.heard(type).stream().filter(line -> line.path("id").asText().equals(question())).findFirst();
    }

    // ---- the owner

    private void answerIfAsked() throws IOException {
        final Optional<String> token = answer("pending").isPresent() ? tokenInMail() : Optional.empty();
        if (token.isPresent()) {
            owner("--yes", "--token", token.get());
        }
    }

    private Optional<String> tokenInMail() throws IOException {
        final Path mail = fixture.folder.resolve("mail");
        final String text = Files.exists(mail) ? Files.readString(mail) : "";
        return Pattern.compile(Pattern.quote(file + "' --yes --token ") + "(\\S+)").matcher(text).results().map(found -> found.group(1)).reduce((first, last) -> last);
    }

    private void owner(final String... answer) {
        final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        new CommandLine(new GrantCommand()).setOut(nowhere).setErr(nowhere).execute(Stream.concat(
                Stream.of(file.toString(), "--socket", fixture.settings.socket.toString()), Stream.of(answer)).toArray(String[]::new));
    }

    // ---- the file

    /** To be called while no agent is there. */
    void checkThatItIsHeld() {
        listen();
        if (mapped && !takenBack) {
            assertThatThrownBy(() -> FileChannel.open(file, StandardOpenOption.WRITE).close()).isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("not permitted");
        }
    }

    private boolean isAsBefore() throws IOException {
        return !LoopDisk.run("lsattr", file.toString()).split(" ")[0].contains("a")
                && LoopDisk.run("getfattr", "-d", "-m", "-", file.toString()).isEmpty()
                && !Files.readString(fixture.settings.state.resolve("grants.json")).contains("inode")
                && !Files.readString(fixture.settings.state.resolve("requests.json")).contains("inode");
    }
}
