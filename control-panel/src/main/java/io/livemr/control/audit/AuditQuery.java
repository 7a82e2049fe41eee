package io.livemr.control.audit;

import io.livemr.control.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the audit log, newest first. */
@Repository
class AuditQuery {

    private final JdbcClient sql;

    AuditQuery(final JdbcClient sql) {
        this.sql = sql;
    }

    /** What rows must have; null where anything will do. */
    record Filter(String project, String vm, String path, String account, String job, AuditEvent event, Instant from, Instant to) {

        /** Each condition that is asked for, and the value of its parameter. */
        Map<String, Object> conditions() {
            final Map<String, Object> all = new LinkedHashMap<>();
            all.put("project = :project", project);
            all.put("vm = :vm", vm);
            all.put("path = :path", path);
            all.put("account = :account", account);
            all.put("job_id = :job", job);
            all.put("event = :event", event == null ? null : event.name());
            all.put("at_millis >= :from", from == null ? null : from.toEpochMilli());
            all.put("at_millis < :to", to == null ? null : to.toEpochMilli());
            all.values().removeIf(Objects::isNull);
            return all;
        }

        private String where() {
            return conditions().isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions().keySet());
        }

        private Map<String, Object> params() {
            return conditions().entrySet().stream()
                .collect(Collectors.toMap(one -> one.getKey().substring(one.getKey().indexOf(':') + 1), Map.Entry::getValue));
        }
    }

    List<AuditEntry> page(final Filter filter, final Paging paging) {
        return sql.sql("SELECT * FROM audit" + filter.where() + " ORDER BY at_millis DESC, id DESC LIMIT :size OFFSET :skipped")
            .params(filter.params()).param("size", paging.size()).param("skipped", paging.offset()).query(AuditQuery::read).list();
    }

    long count(final Filter filter) {
        return sql.sql("SELECT COUNT(*) FROM audit" + filter.where()).params(filter.params()).query(Long.class).single();
    }

    private static AuditEntry read(final ResultSet row, final int number) throws SQLException {
        return new AuditEntry(row.getLong("id"), Instant.ofEpochMilli(row.getLong("at_millis")), AuditEvent.valueOf(row.getString("event")),
            row.getString("account"), row.getString("project"), row.getString("subject"), row.getString("job_id"), row.getString("requester"),
            row.getString("vm"), row.getString("path"), row.getString("composed_file"), row.getString("owner"), row.getString("granted_by"),
            row.getString("reason"));
    }
}
