package io.livemr.control.failpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.FakeComposer;
import io.livemr.control.support.JobJars;
import io.livemr.failpoint.kill.Lives.Attempt;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A job as its client has it: each call is sent again, with the same key, until it is answered. It reads two files; their owners answer whenever
 * the client looks, and while no panel is there.
 */
final class JobCase {

    static final int FILES = 2;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] SMALL = JobJars.of(Scripted.class);
    private static final byte[] TOO_MUCH_TO_KEEP = JobJars.padded(Scripted.class, PanelLives.KEPT_JARS_BYTES);

    private final PanelLives lives;
    private final FakeComposer composer;
    private final String tag;
    private final List<String> paths;
    private final boolean isTooMuchToKeep;
    private final Set<String> jobsBefore;
    private String answer = "LIVE";
    private String id;

    /** @param tag no other job's. */
    JobCase(final PanelLives lives, final FakeComposer composer, final String tag, final List<String> paths, final boolean isTooMuchToKeep)
            throws IOException {
        this.lives = lives;
        this.composer = composer;
        this.tag = tag;
        this.paths = paths;
        this.isTooMuchToKeep = isTooMuchToKeep;
        this.jobsBefore = jobs();
        composer.calls().clear();
        composer.forget();
        lives.whenDead(this::answer);
    }

    /** Of files of its own. */
    static JobCase of(final PanelLives lives, final FakeComposer composer, final String tag, final boolean isTooMuchToKeep) throws IOException {
        final String name = tag.replaceAll("\\W", "-");
        final List<String> paths = List.of("/" + name, "/ask-" + name);
        for (final String path : paths) {
            lives.life().guestFile("vm1", path, "content of " + path + "\n");
        }
        return new JobCase(lives, composer, tag, paths, isTooMuchToKeep);
    }

    /** Its driver copies all that it reads, and adds that to what an earlier run of it left. */
    void submit() throws Exception {
        taken(submission("copy={input}>{output}"));
    }

    void submitWithoutEnd() throws Exception {
        taken(submission("touch=" + here(), "await=/never"));
    }

    JobCase runAgain(final String nextTag) throws Exception {
        final JobCase next = new JobCase(lives, composer, nextTag, paths, false);
        next.taken(() -> next.answered(lives.life().send(lives.life().request("/api/v1/jobs/" + id + "/rerun").POST(BodyPublishers.noBody())
            .header("Idempotency-Key", quoted(nextTag)))));
        return next;
    }

    private Attempt submission(final String... args) {
        final Map<String, Object> job = Map.of("mainClass", Scripted.class.getName(), "args", List.of(args),
            "inputs", paths.stream().map(path -> Map.of("vm", "vm1", "path", path)).toList());
        return () -> answered(lives.life().submit(isTooMuchToKeep ? TOO_MUCH_TO_KEEP : SMALL, job, "Idempotency-Key", quoted(tag)));
    }

    private static String quoted(final String key) {
        return '"' + key + '"';
    }

    private void taken(final Attempt call) throws Exception {
        lives.await("taken", call);
        lives.await("taken once", call);
    }

    private boolean answered(final HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() == 409) {
            return false;
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        final String told = JSON.readTree(answer.body()).path("id").asText();
        assertThat(told).isEqualTo(id == null ? told : id);
        id = told;
        return true;
    }

    void awaitDeath() throws Exception {
        lives.await("death", () -> {
            answer();
            return !lives.deaths().isEmpty();
        });
    }

    /** @param waits until its driver runs. */
    void kill(final boolean waits) throws Exception {
        lives.await("a driver", () -> {
            answer();
            return !waits || Files.exists(here());
        });
        kill();
    }

    void kill() throws Exception {
        lives.await("heard", () -> List.of(200, 202).contains(lives.life().delete("/api/v1/jobs/" + id).statusCode()));
    }

    /** @param ends in one of these states. */
    void awaitCleanedUp(final List<String> ends) throws Exception {
        awaitAll("cleaned up", () -> {
            answer();
            final JsonNode job = lives.life().job(id);
            assertThat(job.path("state").asText()).as(job.toPrettyString()).isIn(ends);
            assertThat(job.path("cleanedUp").asBoolean()).as(job.toPrettyString()).isTrue();
            assertThat(job.at("/jar/kept").asBoolean()).as(job.toPrettyString()).isEqualTo(!isTooMuchToKeep);
        });
    }

    /** What owners say from now on is no. */
    void refuse() {
        answer = "DENIED";
    }

    private void answer() {
        if (composer.files().values().stream().anyMatch(file -> !file.get("state").equals(answer))) {
            paths.forEach(path -> composer.set(path, answer, answer.equals("DENIED") ? "owner_said_no" : ""));
        }
    }

    /** Whether its driver ran from the beginning to the end, once; false if it did not run at all. */
    boolean ranOnce() throws IOException {
        final Path output = lives.root().resolve("hdfs/" + id + "/output");
        final String expected = paths.stream().map(path -> "content of " + path + "\n").collect(Collectors.joining());
        final String found = Files.exists(output) ? Files.readString(output) : "";
        assertThat(found).isIn("", expected);
        return !found.isEmpty();
    }

    void awaitNothingLeft() throws Exception {
        awaitAll("nothing left", this::assertNothingIsLeft);
    }

    private interface Assertions {
        void hold() throws IOException;
    }

    private void awaitAll(final String what, final Assertions all) throws Exception {
        lives.await(what, () -> {
            try {
                all.hold();
                return true;
            } catch (final AssertionError e) {
                throw new IOException(e.getMessage(), e);
            }
        });
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(composer.files()).isEmpty();
        assertThat(composer.calls().stream().filter(call -> call.startsWith("DELETE")).distinct().count()).as("composed").isLessThanOrEqualTo(FILES);
        assertThat(lives.root().resolve("hdfs/" + id + "/input")).doesNotExist();
        assertThat(ProcessHandle.allProcesses().map(process -> process.info().commandLine().orElse("")).filter(line -> line.contains(id))).isEmpty();
        assertThat(lives.root().resolve("panel/uploads")).isEmptyDirectory();
        assertThat(jobs()).as("jobs").containsExactlyInAnyOrderElementsOf(Stream.concat(jobsBefore.stream(), Stream.of(id)).toList());
        assertThat(folders()).as("folders of jobs").isEqualTo(jobs());
        assertThat(lives.life().get("/actuator/prometheus").body()).contains("livemr_slots_used 0.0");
    }

    private Set<String> folders() throws IOException {
        try (Stream<Path> all = Files.list(lives.root().resolve("panel/jobs"))) {
            return all.map(folder -> folder.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private Set<String> jobs() throws IOException {
        return JSON.readTree(lives.life().get("/api/v1/jobs?size=100").body()).path("items").findValuesAsText("id").stream().collect(Collectors.toSet());
    }

    private Path here() {
        return lives.root().resolve("here-" + tag.replaceAll("\\W", "-"));
    }
}
