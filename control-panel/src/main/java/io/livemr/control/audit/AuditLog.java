package io.livemr.control.audit;

import io.livemr.control.settings.PanelSettings;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** Adds rows, within whatever transaction is under way, and removes those older than {@code livemr.audit.keep}. Nothing changes one. */
@Repository
public class AuditLog {

    private final JdbcClient sql;
    private final Clock clock;
    private final long keepMillis;

    public AuditLog(final JdbcClient sql, final Clock clock, final PanelSettings settings) {
        this.sql = sql;
        this.clock = clock;
        this.keepMillis = settings.audit().keep().toMillis();
    }

    /**
     * Tells of an account or a project.
     *
     * @param account who did it.
     * @param project whose admins see it, besides those of all.
     */
    public void subject(final AuditEvent event, final String account, final String project, final String subject) {
        sql.sql("INSERT INTO audit (at_millis, event, account, project, subject) VALUES (?, ?, ?, ?, ?)")
            .params(clock.millis(), event.name(), account, project, subject).update();
    }

    /** Tells of a job that is in the database. */
    public void job(final AuditEvent event, final String account, final String jobId) {
        sql.sql("INSERT INTO audit (at_millis, event, account, project, job_id, requester) SELECT ?, ?, ?, project, id, requester FROM job WHERE id = ?")
            .params(clock.millis(), event.name(), account, jobId).update();
    }

    /** Tells of all inputs of a job as they are in the database. */
    public void inputs(final AuditEvent event, final String jobId) {
        input(event, jobId, "", -1);
    }

    /** Tells of one of them. */
    public void input(final AuditEvent event, final String jobId, final int number) {
        input(event, jobId, " AND i.number = ?", number);
    }

    private void input(final AuditEvent event, final String jobId, final String which, final int number) {
        final JdbcClient.StatementSpec insert = sql.sql("INSERT INTO audit (at_millis, event, account, project, job_id, requester, vm, path, composed_file, "
                + "owner, granted_by, reason) SELECT ?, ?, j.account, j.project, j.id, j.requester, i.vm, i.path, i.composed_file, i.owner, i.granted_by, "
                + "i.reason FROM job j JOIN job_input i ON i.job_id = j.id WHERE j.id = ?" + which)
            .params(clock.millis(), event.name(), jobId);
        (which.isEmpty() ? insert : insert.param(number)).update();
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forgetOldRows() {
        sql.sql("DELETE FROM audit WHERE at_millis < ?").param(clock.millis() - keepMillis).update();
    }
}
