package io.livemr.control.sahara;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** From what each execution was made. Goes with its job's record, or before it. */
@Repository
class ExecutionStore {

    static final int LIST_LIMIT = 1_000;

    private final JdbcClient sql;

    ExecutionStore(final JdbcClient sql) {
        this.sql = sql;
    }

    /** Ids of the items; those of input and output may be null. */
    record Origin(String jobId, String template, String input, String output) { }

    void insert(final Origin origin) {
        sql.sql("INSERT INTO sahara_execution (job_id, template, input, output) VALUES (?, ?, ?, ?)")
            .param(origin.jobId()).param(origin.template()).param(origin.input()).param(origin.output()).update();
    }

    Optional<Origin> find(final String jobId) {
        return sql.sql("SELECT * FROM sahara_execution WHERE job_id = ?").param(jobId).query(Origin.class).optional();
    }

    /** The newest; {@code project} is whose they are, empty for all. */
    List<Origin> newest(final Optional<String> project) {
        return sql.sql("SELECT e.* FROM sahara_execution e JOIN job j ON j.id = e.job_id WHERE :all = TRUE OR j.project = :project "
                + "ORDER BY j.created_millis DESC, j.id LIMIT " + LIST_LIMIT)
            .param("all", project.isEmpty()).param("project", project.orElse("")).query(Origin.class).list();
    }

    void delete(final String jobId) {
        sql.sql("DELETE FROM sahara_execution WHERE job_id = ?").param(jobId).update();
    }
}
