package io.livemr.control.input;

import io.livemr.control.audit.AuditEvent;
import io.livemr.control.audit.AuditLog;
import io.livemr.control.database.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Durable records of input files. */
@Repository
public class InputStore {

    private static final int OWNER_LIMIT = 200;

    private final JdbcClient sql;
    private final AuditLog audit;

    public InputStore(final JdbcClient sql, final AuditLog audit) {
        this.sql = sql;
        this.audit = audit;
    }

    public void insert(final InputFile file) {
        sql.sql("INSERT INTO job_input (job_id, number, vm, path, hdfs_path, state, pinned) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .params(file.jobId(), file.number(), file.vm(), file.path(), file.hdfsPath(), file.state().name(), file.pinned())
            .update();
    }

    public List<InputFile> of(final String jobId) {
        return sql.sql("SELECT * FROM job_input WHERE job_id = ? ORDER BY number").param(jobId).query(InputStore::read).list();
    }

    /** Keeps whom we are about to ask, so that an answer that is lost can be found again. */
    @Transactional
    public void asking(final InputFile file, final String composer) {
        final int asked = sql.sql("UPDATE job_input SET composer = ? WHERE job_id = ? AND number = ? AND (composer IS NULL OR composer <> ?)")
            .params(composer, file.jobId(), file.number(), composer).update();
        if (asked > 0) {
            audit.input(AuditEvent.FILE_ASKED, file.jobId(), file.number());
        }
    }

    /** Keeps what a composer says about a file. */
    @Transactional
    public void told(final InputFile file) {
        final Optional<InputState> before = sql.sql("SELECT state FROM job_input WHERE job_id = ? AND number = ? FOR UPDATE")
            .params(file.jobId(), file.number()).query(String.class).optional().map(InputState::valueOf);
        sql.sql("UPDATE job_input SET composed_file = ?, state = ?, reason = ?, message = ?, owner = ?, granted_by = ?, length_bytes = ? "
                + "WHERE job_id = ? AND number = ?")
            .param(file.composedFile()).param(file.state().name())
            .param(StoredText.of(file.reason(), StoredText.REASON_LIMIT)).param(StoredText.message(file.message()))
            .param(StoredText.of(file.owner(), OWNER_LIMIT)).param(file.grantedBy()).param(file.lengthBytes()).param(file.jobId()).param(file.number())
            .update();
        before.flatMap(state -> InputNews.of(state, file)).ifPresent(event -> audit.input(event, file.jobId(), file.number()));
    }

    /** Inputs of jobs that have not ended that are this composed file. */
    List<InputFile> activeOf(final String composedFile) {
        return sql.sql("SELECT i.* FROM job_input i JOIN job j ON j.id = i.job_id WHERE i.composed_file = ? AND j.finished_millis IS NULL")
            .param(composedFile).query(InputStore::read).list();
    }

    /** Jobs that have not ended and use this composed file. */
    public List<String> activeJobsUsing(final String composedFile) {
        return sql.sql("SELECT DISTINCT i.job_id FROM job_input i JOIN job j ON j.id = i.job_id "
                + "WHERE i.composed_file = ? AND j.finished_millis IS NULL")
            .param(composedFile).query(String.class).list();
    }

    /**
     * Whether a job that has not ended asked the same composer for the same and the same requester: both then have one composed file. One that
     * will ask does not count: it may be killed before, and then would not know that there is something to let go of.
     */
    public boolean isSharedByActiveJob(final InputFile file, final String requester) {
        return sql.sql("SELECT COUNT(*) FROM job_input i JOIN job j ON j.id = i.job_id "
                + "WHERE i.composer = ? AND i.vm = ? AND i.path = ? AND j.requester = ? AND j.id <> ? AND j.finished_millis IS NULL")
            .params(file.composer(), file.vm(), file.path(), requester, file.jobId()).query(Long.class).single() > 0;
    }

    /** Whether another job knows this composed file and will let go of it. */
    boolean isOfAnotherJob(final String composedFile, final String jobId) {
        return sql.sql("SELECT COUNT(*) FROM job_input i JOIN job j ON j.id = i.job_id WHERE i.composed_file = ? AND j.id <> ? AND j.cleaned_up = FALSE")
            .params(composedFile, jobId).query(Long.class).single() > 0;
    }

    private static InputFile read(final ResultSet row, final int number) throws SQLException {
        return new InputFile(row.getString("job_id"), row.getInt("number"), row.getString("vm"), row.getString("path"),
            row.getString("hdfs_path"), row.getString("composer"), row.getString("composed_file"),
            InputState.valueOf(row.getString("state")), row.getString("reason"), row.getString("message"), row.getString("owner"),
            row.getString("granted_by"), row.getObject("length_bytes", Long.class), row.getBoolean("pinned"));
    }
}
