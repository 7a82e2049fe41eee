package io.livemr.control.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.jar.JobJar;
import io.livemr.control.support.TestDatabase;
import io.livemr.control.support.TestSettings;
import io.livemr.control.web.ApiException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

class IdempotencyTest {

    private static final String KEY = "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"";

    private final AtomicInteger taken = new AtomicInteger();
    private JdbcClient sql;
    private JobStore jobs;

    @BeforeEach
    void migrate() {
        sql = TestDatabase.h2();
        jobs = new JobStore(sql, new ObjectMapper(), TestDatabase.audit(sql));
    }

    @Test
    void shouldTakeOneJobForOneKey() throws Exception {
        final Job first = at(0).once("alice", KEY, "request", this::take, earlier -> true);
        final Job second = at(1).once("alice", KEY, "request", this::take, earlier -> true);

        assertThat(second).isEqualTo(first);
        assertThat(taken).hasValue(1);
    }

    @Test
    void shouldTakeAKeyWithAndWithoutQuotesForTheSame() throws Exception {
        at(0).once("alice", "\"k1\"", "request", this::take, earlier -> true);
        at(0).once("alice", "k1", "request", this::take, earlier -> true);

        assertThat(taken).hasValue(1);
    }

    @Test
    void shouldTakeAJobEachTimeWithoutAKey() throws Exception {
        at(0).once("alice", null, "request", this::take, earlier -> true);
        at(0).once("alice", null, "request", this::take, earlier -> true);

        assertThat(taken).hasValue(2);
    }

    @Test
    void shouldTakeTheSameKeyOfTwoAccountsForTwo() throws Exception {
        final Job first = at(0).once("alice", KEY, "request", this::take, earlier -> true);
        final Job second = at(0).once("bob", KEY, "request", this::take, earlier -> true);

        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void shouldRefuseAKeyThatCameWithAnotherRequest() throws Exception {
        at(0).once("alice", KEY, "request", this::take, earlier -> true);

        assertRefused("another", true, "idempotency_key_reused", HttpStatus.UNPROCESSABLE_ENTITY);
    }

    @Test
    void shouldRefuseAKeyThatCameWithAnotherUpload() throws Exception {
        at(0).once("alice", KEY, "request", this::take, earlier -> true);

        assertRefused("request", false, "idempotency_key_reused", HttpStatus.UNPROCESSABLE_ENTITY);
    }

    @Test
    void shouldRefuseAKeyWhoseRequestIsStillBeingAnswered() throws Exception {
        final Idempotency idempotency = at(0);
        final AtomicReference<Throwable> refusal = new AtomicReference<>();

        idempotency.once("alice", KEY, "request", alsoDurable -> {
            refusal.set(catchThrowable(() -> idempotency.once("alice", KEY, "request", this::take, earlier -> true)));
            return take(alsoDurable);
        }, earlier -> true);

        assertThat(refusal.get()).isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(HttpStatus.CONFLICT));
        assertThat(taken).hasValue(1);
    }

    @Test
    void shouldFreeTheKeyOfARequestThatWasRefused() throws Exception {
        final Idempotency idempotency = at(0);
        assertThatThrownBy(() -> idempotency.once("alice", KEY, "request", alsoDurable -> {
            throw new IOException("refused");
        }, earlier -> true)).hasMessage("refused");

        idempotency.once("alice", KEY, "request", this::take, earlier -> true);

        assertThat(taken).hasValue(1);
    }

    @Test
    void shouldForgetAKeyThatIsADayOld() throws Exception {
        final int day = 24 * 3_600;
        at(0).once("alice", KEY, "request", this::take, earlier -> true);

        assertThat(store(day - 1).find(new IdempotencyKey("alice", key()))).isPresent();
        at(day).once("alice", KEY, "another", this::take, earlier -> true);

        assertThat(taken).hasValue(2);
        store(2 * day).forgetOldKeys();
        assertThat(store(2 * day).count()).isZero();
    }

    @Test
    void shouldForgetAKeyWithItsJob() throws Exception {
        final Job first = at(0).once("alice", KEY, "request", this::take, earlier -> true);
        jobs.delete(first.id());

        at(1).once("alice", KEY, "another", this::take, earlier -> true);

        assertThat(taken).hasValue(2);
        assertThat(store(1).count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\"a", "a\"b", "ä", "a\\b", "two words"})
    void shouldRefuseWhatIsNoKey(final String header) {
        assertThatThrownBy(() -> at(0).once("alice", header, "request", this::take, earlier -> true)).hasMessageContaining("header=Idempotency-Key");
    }

    private void assertRefused(final String request, final boolean sameUpload, final String reason, final HttpStatus status) {
        assertThatThrownBy(() -> at(1).once("alice", KEY, request, this::take, earlier -> sameUpload))
            .isInstanceOfSatisfying(ApiException.class, e -> {
                assertThat(e.reason()).isEqualTo(reason);
                assertThat(e.status()).isEqualTo(status);
            });
    }

    private static String key() {
        return KEY.replace("\"", "");
    }

    private Idempotency at(final long second) {
        return new Idempotency(store(second), jobs, new ObjectMapper());
    }

    private IdempotencyKeyStore store(final long second) {
        return new IdempotencyKeyStore(sql, Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC), TestSettings.of(Path.of("/s")),
            new SimpleMeterRegistry());
    }

    private Job take(final Consumer<Job> alsoDurable) {
        final Job job = new Job("j" + taken.incrementAndGet(), new Job.Creator("alice", "web"), new Job.Spec("n", List.of(), "/o", "r", null, Map.of()),
            new JobJar("a.Main", true, "00", 7), true,
            JobState.SUBMITTED, null, null, false, false, null, 1, null, null);
        jobs.insert(job);
        alsoDurable.accept(job);
        return job;
    }
}
