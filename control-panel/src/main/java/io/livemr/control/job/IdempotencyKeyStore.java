package io.livemr.control.job;

import io.livemr.control.settings.PanelSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * Durable idempotency keys. Each belongs to one job and goes with it, so there are never more than {@code livemr.jobs.keep-ended} and the
 * jobs that have not ended; it goes sooner when it is older than {@code livemr.jobs.idempotency-age}.
 */
@Repository
class IdempotencyKeyStore {

    private final JdbcClient sql;
    private final Clock clock;
    private final long ageMillis;

    IdempotencyKeyStore(final JdbcClient sql, final Clock clock, final PanelSettings settings, final MeterRegistry metrics) {
        this.sql = sql;
        this.clock = clock;
        this.ageMillis = settings.jobs().idempotencyAge().toMillis();
        metrics.gauge("livemr.idempotency.keys", this, IdempotencyKeyStore::count);
    }

    /** What is known of a key. */
    record Kept(String requestSha256, String jobId) { }

    Optional<Kept> find(final IdempotencyKey key) {
        return sql.sql("SELECT request_sha256, job_id FROM idempotency_key WHERE account = ? AND key_text = ? AND created_millis > ?")
            .params(key.account(), key.text(), oldestMillis())
            .query((row, number) -> new Kept(row.getString("request_sha256"), row.getString("job_id"))).optional();
    }

    /** Takes the place of one that is too old and not yet gone. */
    void keep(final IdempotencyKey key, final String requestSha256, final String jobId) {
        sql.sql("DELETE FROM idempotency_key WHERE account = ? AND key_text = ?").params(key.account(), key.text()).update();
        sql.sql("INSERT INTO idempotency_key (account, key_text, request_sha256, job_id, created_millis) VALUES (?, ?, ?, ?, ?)")
            .params(key.account(), key.text(), requestSha256, jobId, clock.millis()).update();
    }

    @Scheduled(fixedDelayString = "PT1M")
    void forgetOldKeys() {
        sql.sql("DELETE FROM idempotency_key WHERE created_millis <= ?").param(oldestMillis()).update();
    }

    long count() {
        return sql.sql("SELECT COUNT(*) FROM idempotency_key").query(Long.class).single();
    }

    private long oldestMillis() {
        return clock.millis() - ageMillis;
    }
}
