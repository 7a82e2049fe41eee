package io.livemr.control.project;

import io.livemr.control.web.Paging;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Durable projects and their patterns. */
@Repository
public class ProjectStore {

    private final JdbcClient sql;

    public ProjectStore(final JdbcClient sql) {
        this.sql = sql;
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

    /** Makes the project if it is not there, and gives it these patterns and no others. */
    @Transactional
    public void set(final Project project) {
        if (find(project.name()).isEmpty()) {
            sql.sql("INSERT INTO project (name, created_millis) VALUES (?, ?)").params(project.name(), project.createdMillis()).update();
        }
        sql.sql("DELETE FROM project_vm WHERE project = ?").param(project.name()).update();
        project.vms().stream().distinct().forEach(pattern ->
            sql.sql("INSERT INTO project_vm (project, pattern) VALUES (?, ?)").params(project.name(), pattern).update());
    }

    /** False when accounts, closed ones too, or jobs belong to it. */
    @Transactional
    public boolean delete(final String name) {
        if (sql.sql("SELECT COUNT(*) FROM job WHERE project = ?").param(name).query(Long.class).single() > 0) {
            return false;
        }
        try {
            return sql.sql("DELETE FROM project WHERE name = ?").param(name).update() == 1;
        } catch (final DataIntegrityViolationException e) {
            return false;
        }
    }
}
