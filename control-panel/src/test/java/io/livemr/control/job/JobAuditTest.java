package io.livemr.control.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.audit.AuditLog;
import io.livemr.control.input.InputFile;
import io.livemr.control.input.InputState;
import io.livemr.control.input.InputStore;
import io.livemr.control.jar.JobJar;
import io.livemr.control.support.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** What changes of jobs and inputs leave in the audit log: in their own transaction, so that there is never one without the other. */
class JobAuditTest {

    private final TestDatabase.Tables tables = TestDatabase.tables();
    private final JdbcClient sql = tables.sql();
    private AnnotationConfigApplicationContext context;
    private JobStore jobs;
    private InputStore inputs;

    /** Transactions as the panel has them. */
    @Configuration
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Transactions { }

    @BeforeEach
    void start() {
        final AuditLog audit = TestDatabase.audit(sql);
        context = new AnnotationConfigApplicationContext();
        context.register(Transactions.class);
        context.registerBean(DataSourceTransactionManager.class, () -> new DataSourceTransactionManager(tables.dataSource()));
        context.registerBean(JobStore.class, () -> new JobStore(sql, new ObjectMapper(), audit));
        context.registerBean(InputStore.class, () -> new InputStore(sql, audit));
        context.refresh();
        jobs = context.getBean(JobStore.class);
        inputs = context.getBean(InputStore.class);
        jobs.insert(job(JobState.COMPOSING));
        inputs.insert(input(InputState.WAITING, null));
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void shouldTellOfEachFileThatADriverMayReadFromNowOn() {
        assertThat(jobs.advance(job(JobState.COMPOSING), JobState.RUNNING, 2)).isTrue();
        assertThat(jobs.advance(job(JobState.COMPOSING), JobState.RUNNING, 2)).isFalse();

        assertThat(events()).containsExactly("FILE_READ vm1 /a");
    }

    @Test
    void shouldNotTellOfFreshness() {
        inputs.told(input(InputState.LIVE, null));
        inputs.told(input(InputState.STALE, "lease_over"));
        inputs.told(input(InputState.LIVE, null));

        assertThat(events()).containsExactly("FILE_GRANTED vm1 /a");
    }

    @Test
    void shouldTellOnceThatAnOwnerIsAskedHoweverOftenAnAnswerIsWaitedFor() {
        inputs.asking(input(InputState.WAITING, null), "http://composer");
        inputs.asking(input(InputState.WAITING, null), "http://composer");

        assertThat(events()).containsExactly("FILE_ASKED vm1 /a");
    }

    @Test
    void shouldChangeNothingThatItCannotTellOf() {
        sql.sql("DROP TABLE audit").update();

        assertThatThrownBy(() -> jobs.advance(job(JobState.COMPOSING), JobState.RUNNING, 2)).hasMessageContaining("audit");
        assertThatThrownBy(() -> inputs.told(input(InputState.DENIED, "owner_said_no"))).hasMessageContaining("audit");

        assertThat(jobs.find("j1").orElseThrow().state()).isEqualTo(JobState.COMPOSING);
        assertThat(inputs.of("j1")).extracting(InputFile::state).containsExactly(InputState.WAITING);
    }

    @Test
    void shouldOutliveItsJob() {
        inputs.told(input(InputState.DENIED, "owner_said_no"));
        jobs.delete("j1");

        assertThat(events()).containsExactly("FILE_DENIED vm1 /a");
    }

    private List<String> events() {
        return sql.sql("SELECT event, vm, path FROM audit ORDER BY id")
            .query((row, number) -> row.getString("event") + " " + row.getString("vm") + " " + row.getString("path")).list();
    }

    private static InputFile input(final InputState state, final String reason) {
        return new InputFile("j1", 0, "vm1", "/a", "/i", null, null, state, reason, null, "alice", "owner", 1L, false);
    }

    private static Job job(final JobState state) {
        return new Job("j1", new Job.Creator("alice", "web"), new Job.Spec("n", List.of(), "/o", "alice", null, Map.of()),
            new JobJar("a.Main", true, "00", 7), true, state, null, null, false, false, null, 1, null, null);
    }
}
