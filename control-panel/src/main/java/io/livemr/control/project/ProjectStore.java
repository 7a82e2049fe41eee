package io.livemr.control.project;

import io.livemr.control.audit.AuditEvent;
import io.livemr.control.audit.AuditLog;
import io.livemr.control.web.Paging;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Durable projects and their patterns. */
@Repository
public class ProjectStore {

    private final JdbcClient sql;
    private final AuditLog audit;

    public ProjectStore(final JdbcClient sql, final AuditLog audit) {
        this.sql = sql;
        this.audit = audit;
    }

    public Optional<Project> find(final String name) {
        return sql.sql("SELECT name, created_millis FROM project WHERE name = ?").param(name)
            .query((row, number) -> new Project(row.getString("name"), vms(name), row.getLong("created_millis"))).optional();
    }

    public List<String> vms(final String name) {
        return sql.sql("SELECT pattern FROM project_vm WHERE project = ? ORDER BY pattern").param(name).query(String.class).list();
    }

    List<Project> page(final Paging paging) {
        return sql.sql("SELECT name FROM project ORDER BY name LIMIT ? OFFSET ?").params(paging.size(), paging.offset()).query(String.class).list()
            .stream().flatMap(name -> find(name).stream()).toList();
    }

    long count() {
        return sql.sql("SELECT COUNT(*) FROM project").query(Long.class).single();
    }

    /**
     * Makes the project if it is not there, and gives it these patterns and no others.
     *
     * @param account who does it.
     */
    @Transactional
    public void set(final Project project, final String account) {
        if (find(project.name()).isEmpty()) {
            sql.sql("INSERT INTO project (name, created_millis) VALUES (?, ?)").params(project.name(), project.createdMillis()).update();
        }
        sql.sql("DELETE FROM project_vm WHERE project = ?").param(project.name()).update();
        project.vms().stream().distinct().forEach(pattern ->
            sql.sql("INSERT INTO project_vm (project, pattern) VALUES (?, ?)").params(project.name(), pattern).update());
        audit.subject(AuditEvent.PROJECT_SET, account, project.name(), project.name());
    }

    /** False when accounts, closed ones too, or jobs or what clients of Sahara keep belong to it. */
    @Transactional
    public boolean delete(final String name, final String account) {
        final boolean isUsed = sql.sql("SELECT (SELECT COUNT(*) FROM job WHERE project = :name) + (SELECT COUNT(*) FROM account WHERE project = :name) "
                + "+ (SELECT COUNT(*) FROM sahara_item WHERE project = :name)")
            .param("name", name).query(Long.class).single() > 0;
        if (!isUsed) {
            sql.sql("DELETE FROM project WHERE name = ?").param(name).update();
            audit.subject(AuditEvent.PROJECT_REMOVED, account, name, name);
        }
        return !isUsed;
    }
}
