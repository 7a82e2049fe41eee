package io.livemr.control.input;

import io.livemr.control.database.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Durable records of input files. */
@Repository
public class InputStore {

    private static final int OWNER_LIMIT = 200;

    private final JdbcClient sql;

    public InputStore(final JdbcClient sql) {
        this.sql = sql;
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
    public void asking(final InputFile file, final String composer) {
        sql.sql("UPDATE job_input SET composer = ? WHERE job_id = ? AND number = ?")
            .params(composer, file.jobId(), file.number()).update();
    }

    /** Keeps what a composer says about a file. */
    public void told(final InputFile file) {
        sql.sql("UPDATE job_input SET composed_file = ?, state = ?, reason = ?, message = ?, owner = ?, length_bytes = ? "
                + "WHERE job_id = ? AND number = ?")
            .param(file.composedFile()).param(file.state().name())
            .param(StoredText.of(file.reason(), StoredText.REASON_LIMIT)).param(StoredText.message(file.message()))
            .param(StoredText.of(file.owner(), OWNER_LIMIT)).param(file.lengthBytes()).param(file.jobId()).param(file.number())
            .update();
    }

    /** Jobs that have not ended and use this composed file. */
    public List<String> activeJobsUsing(final String composedFile) {
        return sql.sql("SELECT DISTINCT i.job_id FROM job_input i JOIN job j ON j.id = i.job_id "
                + "WHERE i.composed_file = ? AND j.finished_millis IS NULL")
            .param(composedFile).query(String.class).list();
    }

    /** Whether a job that has not ended asked the same for the same requester: both then have one composed file. */
    public boolean isSharedByActiveJob(final InputFile file, final String requester) {
        return sql.sql("SELECT COUNT(*) FROM job_input i JOIN job j ON j.id = i.job_id "
                + "WHERE i.vm = ? AND i.path = ? AND j.requester = ? AND j.id <> ? AND j.finished_millis IS NULL")
            .params(file.vm(), file.path(), requester, file.jobId()).query(Long.class).single() > 0;
    }

    private static InputFile read(final ResultSet row, final int number) throws SQLException {
        return new InputFile(row.getString("job_id"), row.getInt("number"), row.getString("vm"), row.getString("path"),
            row.getString("hdfs_path"), row.getString("composer"), row.getString("composed_file"),
            InputState.valueOf(row.getString("state")), row.getString("reason"), row.getString("message"), row.getString("owner"),
            row.getObject("length_bytes", Long.class), row.getBoolean("pinned"));
    }
}
