package io.livemr.control.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.audit.AuditEvent;
import io.livemr.control.audit.AuditLog;
import io.livemr.control.database.StoredText;
import io.livemr.control.jar.JobJar;
import io.livemr.control.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Durable records of jobs. A change of state names the state it expects, so a job never leaves an end and never takes a step twice. */
@Repository
public class JobStore {

    private static final String ACTIVE = "finished_millis IS NULL";
    private static final TypeReference<List<String>> ARGS = new TypeReference<>() { };
    private static final TypeReference<Map<String, String>> PROPERTIES = new TypeReference<>() { };

    private final JdbcClient sql;
    private final ObjectMapper json;
    private final AuditLog audit;

    public JobStore(final JdbcClient sql, final ObjectMapper json, final AuditLog audit) {
        this.sql = sql;
        this.audit = audit;
        this.json = json;
    }

    void insert(final Job job) {
        sql.sql("INSERT INTO job (id, account, project, name, main_class, main_in_manifest, args_json, properties_json, output, requester, ttl_seconds, "
                + "jar_sha256, jar_length_bytes, state, kill_requested, cleaned_up, created_millis) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .param(job.id()).param(job.creator().account()).param(job.creator().project()).param(job.spec().name())
            .param(job.jar().mainClass()).param(job.jar().mainInManifest())
            .param(write(job.spec().args())).param(write(job.spec().properties()))
            .param(job.spec().output()).param(job.spec().requester()).param(job.spec().ttlSeconds())
            .param(job.jar().sha256()).param(job.jar().lengthBytes()).param(job.state().name()).param(false).param(false)
            .param(job.createdMillis())
            .update();
    }

    Optional<Job> find(final String id) {
        return sql.sql("SELECT * FROM job WHERE id = ?").param(id).query(this::read).optional();
    }

    /** Newest first. */
    List<Job> all(final List<String> ids) {
        return ids.isEmpty() ? List.of()
            : sql.sql("SELECT * FROM job WHERE id IN (:ids) ORDER BY created_millis DESC, id").param("ids", ids).query(this::read).list();
    }

    /**
     * Jobs in one of the states, newest first.
     *
     * @param project whose they are; empty for all.
     */
    List<Job> page(final Set<JobState> states, final Optional<String> project, final Paging paging) {
        return sql.sql("SELECT * FROM job WHERE state IN (:states)" + of(project) + " ORDER BY created_millis DESC, id LIMIT :size OFFSET :skipped")
            .param("states", names(states)).param("project", project.orElse(""))
            .param("size", paging.size()).param("skipped", paging.offset()).query(this::read).list();
    }

    long count(final Set<JobState> states, final Optional<String> project) {
        return sql.sql("SELECT COUNT(*) FROM job WHERE state IN (:states)" + of(project)).param("states", names(states))
            .param("project", project.orElse("")).query(Long.class).single();
    }

    /** The newest whose jar has this sum and is kept. */
    Optional<Job> withKeptJar(final String sha256, final Optional<String> project) {
        return sql.sql("SELECT * FROM job WHERE jar_sha256 = :sha256 AND jar_kept = TRUE" + of(project) + " ORDER BY created_millis DESC, id LIMIT 1")
            .param("sha256", sha256).param("project", project.orElse("")).query(this::read).optional();
    }

    private static String of(final Optional<String> project) {
        return project.isPresent() ? " AND project = :project" : "";
    }

    /** Jobs that have not begun to run. */
    long countWaiting() {
        return count(EnumSet.of(JobState.SUBMITTED, JobState.AWAITING_CONSENT, JobState.COMPOSING), Optional.empty());
    }

    /** Jobs with something left to do, oldest first. */
    List<String> unfinished() {
        return sql.sql("SELECT id FROM job WHERE " + ACTIVE + " OR cleaned_up = FALSE ORDER BY created_millis, id").query(String.class).list();
    }

    List<String> running() {
        return sql.sql("SELECT id FROM job WHERE state = ?").param(JobState.RUNNING.name()).query(String.class).list();
    }

    /** Takes the job a step further; false when it is no longer where it was. From {@code RUNNING} on its driver reads. */
    @Transactional
    boolean advance(final Job job, final JobState next, final long nowMillis) {
        requirePossible(job, next);
        final Long started = next == JobState.RUNNING ? Long.valueOf(nowMillis) : job.startedMillis();
        final boolean moved = sql.sql("UPDATE job SET state = ?, started_millis = ?, message = NULL WHERE id = ? AND state = ?")
            .param(next.name()).param(started).param(job.id()).param(job.state().name()).update() == 1;
        if (moved && next == JobState.RUNNING) {
            audit.inputs(AuditEvent.FILE_READ, job.id());
        }
        return moved;
    }

    /** Ends the job; false when it is no longer where it was. */
    boolean end(final Job job, final JobState end, final String reason, final String message, final Integer exitCode, final long nowMillis) {
        requirePossible(job, end);
        return sql.sql("UPDATE job SET state = ?, reason = ?, message = ?, exit_code = ?, finished_millis = ? WHERE id = ? AND state = ?")
            .param(end.name()).param(StoredText.of(reason, StoredText.REASON_LIMIT)).param(StoredText.message(message))
            .param(exitCode).param(nowMillis).param(job.id()).param(job.state().name())
            .update() == 1;
    }

    /** Says what an active job waits for. */
    void note(final Job job, final String message) {
        if (!message.equals(job.message())) {
            sql.sql("UPDATE job SET message = ? WHERE id = ? AND " + ACTIVE).params(StoredText.message(message), job.id()).update();
        }
    }

    @Transactional
    void requestKill(final String id, final String account) {
        if (sql.sql("UPDATE job SET kill_requested = TRUE WHERE id = ? AND kill_requested = FALSE AND " + ACTIVE).param(id).update() > 0) {
            audit.job(AuditEvent.JOB_KILLED, account, id);
        }
    }

    void cleanedUp(final String id) {
        sql.sql("UPDATE job SET cleaned_up = TRUE WHERE id = ?").param(id).update();
    }

    /** Ended jobs whose jars are more than so many bytes together with the jars of those that ended later. */
    List<String> jarsBeyond(final long keptBytes) {
        return sql.sql("SELECT id FROM (SELECT id, SUM(jar_length_bytes) OVER (ORDER BY finished_millis DESC, id) AS kept_bytes FROM job "
                + "WHERE cleaned_up = TRUE AND jar_kept = TRUE) kept WHERE kept_bytes > ?")
            .param(keptBytes).query(String.class).list();
    }

    void jarDropped(final String id) {
        sql.sql("UPDATE job SET jar_kept = FALSE WHERE id = ?").param(id).update();
    }

    /** Ended jobs that are cleaned up, without the newest {@code kept}. */
    List<String> endedBeyond(final int kept) {
        return sql.sql("SELECT id FROM job WHERE cleaned_up = TRUE ORDER BY finished_millis DESC, id LIMIT 1000 OFFSET ?")
            .param(kept).query(String.class).list();
    }

    void delete(final String id) {
        sql.sql("DELETE FROM job WHERE id = ?").param(id).update();
    }

    private static List<String> names(final Set<JobState> states) {
        return states.stream().map(JobState::name).toList();
    }

    private static void requirePossible(final Job job, final JobState next) {
        if (!job.state().canBecome(next)) {
            throw new IllegalStateException("job=" + job.id() + " state=" + job.state() + " cannot become " + next);
        }
    }

    private Job read(final ResultSet row, final int number) throws SQLException {
        return new Job(row.getString("id"), new Job.Creator(row.getString("account"), row.getString("project")), readSpec(row),
            new JobJar(row.getString("main_class"), row.getBoolean("main_in_manifest"), row.getString("jar_sha256"), row.getLong("jar_length_bytes")),
            row.getBoolean("jar_kept"),
            JobState.valueOf(row.getString("state")), row.getString("reason"), row.getString("message"), row.getBoolean("kill_requested"),
            row.getBoolean("cleaned_up"), row.getObject("exit_code", Integer.class), row.getLong("created_millis"),
            row.getObject("started_millis", Long.class), row.getObject("finished_millis", Long.class));
    }

    private Job.Spec readSpec(final ResultSet row) throws SQLException {
        return new Job.Spec(row.getString("name"), read(row.getString("args_json"), ARGS), row.getString("output"), row.getString("requester"),
            row.getObject("ttl_seconds", Long.class), read(row.getString("properties_json"), PROPERTIES));
    }

    private String write(final Object strings) {
        try {
            return json.writeValueAsString(strings);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("strings are always JSON", e);
        }
    }

    private <T> T read(final String text, final TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("args_json or properties_json of the database is not JSON", e);
        }
    }
}
