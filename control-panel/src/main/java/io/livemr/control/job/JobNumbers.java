package io.livemr.control.job;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The running number of each job, for clients that know jobs by numbers. A number says nothing of what a caller may see. */
@Repository
public class JobNumbers {

    private final JdbcClient sql;

    JobNumbers(final JdbcClient sql) {
        this.sql = sql;
    }

    public long of(final String id) {
        return sql.sql("SELECT number FROM job WHERE id = ?").param(id).query(Long.class).single();
    }

    public Optional<String> idOf(final long number) {
        return sql.sql("SELECT id FROM job WHERE number = ?").param(number).query(String.class).optional();
    }

    /** Ids of jobs by number; {@code project} is whose they are, empty for all. */
    public List<String> page(final Optional<String> project, final int from, final int size) {
        return sql.sql("SELECT id FROM job WHERE " + of(project) + " ORDER BY number LIMIT :size OFFSET :from")
            .param("project", project.orElse("")).param("size", size).param("from", from).query(String.class).list();
    }

    public long count(final Optional<String> project) {
        return sql.sql("SELECT COUNT(*) FROM job WHERE " + of(project)).param("project", project.orElse("")).query(Long.class).single();
    }

    private static String of(final Optional<String> project) {
        return project.isPresent() ? "project = :project" : "TRUE";
    }
}
