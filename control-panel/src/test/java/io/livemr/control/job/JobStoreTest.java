package io.livemr.control.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.input.InputFile;
import io.livemr.control.input.InputState;
import io.livemr.control.input.InputStore;
import io.livemr.control.jar.JobJar;
import io.livemr.control.support.TestDatabase;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** On H2; {@link JobStorePostgresTest} does the same on PostgreSQL. */
class JobStoreTest {

    private JobStore store;
    private InputStore inputs;

    @BeforeEach
    void migrate() throws IOException {
        final JdbcClient sql = database();
        store = new JobStore(sql, new ObjectMapper(), TestDatabase.audit(sql));
        inputs = new InputStore(sql, TestDatabase.audit(sql));
    }

    JdbcClient database() throws IOException {
        return TestDatabase.h2();
    }

    @Test
    void shouldReadWhatWasWritten() {
        final Job job = job("j1", 1);
        store.insert(job);

        assertThat(store.find("j1")).hasValue(job);
    }

    @Test
    void shouldTakeAStepOnce() {
        final Job job = job("j1", 1);
        store.insert(job);

        assertThat(store.advance(job, JobState.AWAITING_CONSENT, 2)).isTrue();
        assertThat(store.advance(job, JobState.AWAITING_CONSENT, 2)).isFalse();
    }

    @Test
    void shouldNeverLeaveAnEnd() {
        final Job job = job("j1", 1);
        store.insert(job);
        store.end(job, JobState.FAILED, "because", "m", null, 5);

        assertThat(store.advance(job, JobState.AWAITING_CONSENT, 6)).isFalse();
        store.requestKill("j1", "alice");
        assertThat(store.find("j1").orElseThrow().killRequested()).isFalse();
        final Job ended = store.find("j1").orElseThrow();
        assertThatThrownBy(() -> store.advance(ended, JobState.RUNNING, 7)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldEndAJobWhateverItsDriverSaidLast() {
        final Job job = job("j1", 1);
        store.insert(job);

        store.end(job, JobState.FAILED, "driver_failed", "last \0words" + "\uD83D\uDE00".repeat(8_000), 1, 5);

        assertThat(store.find("j1").orElseThrow().state()).isEqualTo(JobState.FAILED);
        assertThat(store.find("j1").orElseThrow().message()).startsWith("last ?words\uD83D\uDE00");
    }

    @Test
    void shouldKeepWhateverAGuestSaysOfAFile() {
        store.insert(job("j1", 1));
        final InputFile file = InputFile.waiting("j1", 0, "vm1", "/a", "/i", true);
        inputs.insert(file);

        inputs.told(new InputFile("j1", 0, "vm1", "/a", "/i", null, "livemr_1", InputState.DENIED, "\0", "m\0", "own\0er".repeat(100), "owner", 1L, true));

        assertThat(inputs.of("j1")).singleElement().satisfies(kept -> assertThat(kept.owner()).startsWith("own?er").hasSize(200));
    }

    @Test
    void shouldForgetTheOldestEndedJobsOnly() {
        for (int i = 1; i <= 4; i++) {
            final Job job = job("j" + i, i);
            store.insert(job);
            if (i < 4) {
                store.end(job, JobState.KILLED, "killed", null, null, 10 + i);
            }
            if (i < 3) {
                store.cleanedUp("j" + i);
            }
        }

        assertThat(store.endedBeyond(1)).containsExactly("j1");
        assertThat(store.unfinished()).containsExactly("j3", "j4");
    }

    @Test
    void shouldNameTheOldestJarsThatAreTooMuchToKeep() {
        for (int i = 1; i <= 3; i++) {
            final Job job = job("j" + i, i);
            store.insert(job);
            store.end(job, JobState.KILLED, "killed", null, null, 10 + i);
            store.cleanedUp("j" + i);
        }
        store.insert(job("active", 4));

        assertThat(store.jarsBeyond(2 * 7)).containsExactly("j1");
        assertThat(store.jarsBeyond(2 * 7 - 1)).containsExactlyInAnyOrder("j1", "j2");
        store.jarDropped("j1");
        assertThat(store.jarsBeyond(2 * 7)).isEmpty();
        assertThat(store.find("j1").orElseThrow().jarKept()).isFalse();
    }

    @Test
    void shouldLeaveAComposedFileToAnotherJobOnlyIfThatAskedItsComposer() {
        final InputFile ending = inputAskedOf("j1", "http://a");
        inputAskedOf("j2", "http://b");
        final InputFile other = inputOf("j3");

        assertThat(inputs.isSharedByActiveJob(ending, "r")).isFalse();
        inputs.asking(other, "http://a");
        assertThat(inputs.isSharedByActiveJob(ending, "r")).isTrue();
    }

    private InputFile inputAskedOf(final String jobId, final String composer) {
        inputs.asking(inputOf(jobId), composer);
        return inputs.of(jobId).get(0);
    }

    private InputFile inputOf(final String jobId) {
        store.insert(job(jobId, 1));
        final InputFile file = InputFile.waiting(jobId, 0, "vm1", "/a", "/i", false);
        inputs.insert(file);
        return file;
    }

    private static Job job(final String id, final long createdMillis) {
        return new Job(id, new Job.Creator("alice", "web"), new Job.Spec("n", List.of("a b", "\"quoted\""), "/o", "r", 5L, Map.of("a.b", "c \" d")),
            new JobJar("a.Main", true, "00", 7), true, JobState.SUBMITTED, null, null, false, false, null, createdMillis, null, null);
    }
}
