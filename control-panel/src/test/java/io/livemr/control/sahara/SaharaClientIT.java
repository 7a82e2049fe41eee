package io.livemr.control.sahara;

import static io.livemr.control.support.FakeOpenStack.PROJECT;
import static io.livemr.control.support.FakeOpenStack.login;
import static io.livemr.control.support.FakeOpenStack.service;
import static io.livemr.control.support.FakeOpenStack.validation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.FakeOpenStack;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.PeoplePanel;
import io.livemr.control.support.TestHadoop;
import java.io.File;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openstack4j.api.Builders;
import org.openstack4j.api.OSClient.OSClientV3;
import org.openstack4j.api.exceptions.ClientResponseException;
import org.openstack4j.api.sahara.SaharaService;
import org.openstack4j.model.common.Identifier;
import org.openstack4j.model.common.Payloads;
import org.openstack4j.model.sahara.DataSource;
import org.openstack4j.model.sahara.Job;
import org.openstack4j.model.sahara.JobBinary;
import org.openstack4j.model.sahara.JobBinaryInternal;
import org.openstack4j.model.sahara.JobExecution;
import org.openstack4j.model.sahara.builder.JobConfigBuilder;
import org.openstack4j.openstack.OSFactory;

/** openstack4j's own client, which finds the panel in Keystone's catalogue. It keeps who signed in last in each thread, so all is asked in one. */
@ExtendWith(PeoplePanel.class)
class SaharaClientIT {

    private static final Identifier DOMAIN = Identifier.byName("Default");

    private SaharaService sahara;

    @BeforeEach
    void signIn() throws Exception {
        PeoplePanel.openStack().servers(PROJECT, "i1 web-1 host1 vm1");
        PeoplePanel.composer().uuid("vm1", "i1");
        sahara = client("ann", "member").sahara();
    }

    @Test
    void shouldUploadAJarRunItOnAFileOfAMachineAndShowHowItEnds() throws Exception {
        TestHadoop.requireIt();
        PeoplePanel.panel().guestFile("vm1", "/a", "one two\n");
        final Job job = job(binary(upload()));
        final DataSource input = source("livemr", "livemr://web-1/a");

        final JobExecution taken = execute(job, input.getId(), config().addArg("print=hello").addConfig("mapreduce.job.reduces", 2));
        final JobExecution ended = awaitStatus(taken.getId(), "SUCCEEDED");

        assertThat(taken.getJobId()).isEqualTo(job.getId());
        assertThat(taken.getInputId()).isEqualTo(input.getId());
        assertThat(taken.getTenantId()).isEqualTo(PROJECT);
        assertThat(ended.getReturnCode()).isEqualTo("0");
        assertThat(ended.getEndtime()).isAfterOrEqualTo(ended.getStartTime());
        assertThat(ended.getJobConfigs().getConfigs()).containsEntry("mapreduce.job.reduces", "2");
        assertThat(ended.getInfo().getActions().get(0).getStatus()).isEqualTo("SUCCEEDED");
        assertThat(PeoplePanel.get("admin", "/api/v1/jobs/" + taken.getId() + "/log").body()).contains("hello");
        assertThat(PeoplePanel.get("admin", "/api/v1/audit?size=100&job=" + taken.getId()).body())
            .contains("JOB_SUBMITTED", "FILE_READ", "\"account\":\"ann@Default\"", "\"path\":\"/a\"");
    }

    @Test
    void shouldCancelAndForgetAnExecution() throws Exception {
        final Job job = job(binary(upload()));
        final JobExecution taken = execute(job, null, config().addConfig("livemr.inputs", "{\"web-1\": [\"/ask\"]}"));
        await().pollInSameThread().until(() -> "AWAITING_CONSENT".equals(sahara.jobExecutions().get(taken.getId()).getInfo().getActions().get(0).getStatus()));

        assertThat(sahara.jobExecutions().list()).extracting(one -> one.getId()).contains(taken.getId());
        assertThat(sahara.jobExecutions().cancel(taken.getId()).getInfo().getStatus()).isIn("TOBEKILLED", "KILLED");
        awaitStatus(taken.getId(), "KILLED");
        assertThat(sahara.jobExecutions().delete(taken.getId()).isSuccess()).isTrue();
        assertThat(sahara.jobExecutions().get(taken.getId())).isNull();
        assertThat(sahara.jobExecutions().list()).extracting(one -> one.getId()).doesNotContain(taken.getId());
        assertThat(PeoplePanel.panel().job(taken.getId()).path("state").asText()).isEqualTo("KILLED");
    }

    @Test
    void shouldKeepWhatIsNeededAndDeleteItAfterwards() throws Exception {
        final JobBinaryInternal file = upload();
        final JobBinary binary = binary(file);
        final Job job = job(binary);

        assertThat(file.getDataSize()).isEqualTo(JobJars.of(Scripted.class).length);
        assertThat(sahara.jobBinaryInternals().list()).extracting(one -> one.getName()).contains(file.getName());
        assertThat(sahara.jobBinaries().get(binary.getId()).getURL()).isEqualTo("internal-db://" + file.getId());
        assertThat(sahara.jobs().get(job.getId()).getFullLibs()).extracting(one -> one.getId()).containsExactly(binary.getId());
        assertThat(sahara.jobBinaries().delete(binary.getId()).getFault()).contains("is needed by another");
        assertThat(sahara.jobs().delete(job.getId()).isSuccess()).isTrue();
        assertThat(sahara.jobBinaries().delete(binary.getId()).isSuccess()).isTrue();
        assertThat(sahara.jobBinaryInternals().delete(file.getId()).isSuccess()).isTrue();
        assertThat(sahara.jobBinaryInternals().get(file.getId())).isNull();
        assertThat(PeoplePanel.root().resolve("panel/binaries/" + file.getId())).doesNotExist();
    }

    @Test
    void shouldSayWhatIsRefusedSoThatTheClientCanShowIt() throws Exception {
        final JobBinary binary = binary(upload());
        final Job job = job(binary);

        assertThatThrownBy(() -> source("swift", "swift://logs/a")).isInstanceOf(ClientResponseException.class).hasMessageContaining("field=type");
        assertThatThrownBy(() -> source("livemr", "livemr://web-1")).hasMessageContaining("livemr://VM/PATH");
        assertThatThrownBy(() -> sahara.jobs().create(Builders.job().name(name()).type("Pig").addLibs(binary.getId()).build())).hasMessageContaining("field=type");
        assertThatThrownBy(() -> sahara.jobBinaries().create(Builders.jobBinary().name(name()).url("swift://jars/a").credentials("u", "p").build()))
            .hasMessageContaining("field=extra");
        assertThatThrownBy(() -> execute(job, null, config())).hasMessageContaining("livemr.inputs");
        assertThatThrownBy(() -> execute(job, null, config().addConfig("edp.java.java_opts", "-Xmx9g"))).hasMessageContaining("edp.java.java_opts");
        assertThatThrownBy(() -> execute(job, null, config().addConfig("livemr.inputs", "{\"db-1\": [\"/a\"]}"))).hasMessageContaining("vm=db-1");
        assertThatThrownBy(() -> execute(job, null, config().addConfig("fs.defaultFS", "file:///").addConfig("livemr.inputs", "{\"web-1\": \"/a\"}")))
            .hasMessageContaining("fs.defaultFS");
        assertThatThrownBy(() -> sahara.jobs().getConfigHint("Hive")).hasMessageContaining("Java");
        assertThat(sahara.jobs().getConfigHint("Java").getConfigs()).extracting(one -> one.getName()).contains("livemr.inputs");
    }

    @Test
    void shouldHideWhatIsOfAnotherProject() throws Exception {
        final JobBinaryInternal file = upload();
        final Job job = job(binary(file));
        final SaharaService others = client("otto", "member", "fedcba9876543210fedcba9876543210").sahara();

        assertThat(others.jobs().get(job.getId())).isNull();
        assertThat(others.jobs().list()).extracting(one -> one.getId()).doesNotContain(job.getId());
        assertThat(others.jobBinaryInternals().delete(file.getId()).getCode()).isEqualTo(404);
        assertThatThrownBy(() -> others.jobBinaries().create(Builders.jobBinary().name(name()).url("internal-db://" + file.getId()).build()))
            .hasMessageContaining("id=" + file.getId() + " is not known");
    }

    @Test
    void shouldLetAViewerLookAndNotCancel() throws Exception {
        final JobExecution taken = execute(job(binary(upload())), null, config().addConfig("livemr.inputs", "{\"web-1\": [\"/ask\"]}"));
        final SaharaService viewer = client("vera", "reader").sahara();

        assertThat(viewer.jobExecutions().get(taken.getId()).getId()).isEqualTo(taken.getId());
        assertThatThrownBy(() -> viewer.jobExecutions().cancel(taken.getId())).isInstanceOf(ClientResponseException.class).hasMessageContaining("role=VIEWER");
        signIn();
        assertThat(sahara.jobExecutions().get(taken.getId()).getInfo().getStatus()).isNotIn("TOBEKILLED", "KILLED");
        sahara.jobExecutions().cancel(taken.getId());
    }

    private OSClientV3 client(final String user, final String role) throws Exception {
        return client(user, role, PROJECT);
    }

    private OSClientV3 client(final String user, final String role, final String project) throws Exception {
        final FakeOpenStack openStack = PeoplePanel.openStack();
        final String token = "token-of-" + user;
        openStack.on(validation(token), openStack.aToken("", user, project, role));
        openStack.on(login(user, user + "-project"), openStack.aToken(token, user, project, role,
            service("data-processing", "sahara", PeoplePanel.panel().url() + "/sahara/v1.1")));
        return OSFactory.builderV3().endpoint(openStack.authUrl()).credentials(user, "secret", DOMAIN)
            .scopeToProject(Identifier.byName(user + "-project"), DOMAIN).authenticate();
    }

    private JobBinaryInternal upload() throws Exception {
        final File jar = new File(Files.createTempDirectory(PeoplePanel.root(), "upload").toFile(), name() + ".jar");
        Files.write(jar.toPath(), JobJars.of(Scripted.class));
        return sahara.jobBinaryInternals().create(Payloads.create(jar));
    }

    private JobBinary binary(final JobBinaryInternal file) {
        return sahara.jobBinaries().create(Builders.jobBinary().name(name()).url("internal-db://" + file.getId()).build());
    }

    private Job job(final JobBinary binary) {
        return sahara.jobs().create(Builders.job().name(name()).type("Java").addLibs(binary.getId()).build());
    }

    private DataSource source(final String type, final String url) {
        return sahara.dataSources().create(Builders.dataSource().name(name()).type(type).url(url).build());
    }

    private static JobConfigBuilder config() {
        return Builders.jobConfig().addConfig("edp.java.main_class", Scripted.class.getName());
    }

    private JobExecution execute(final Job job, final String input, final JobConfigBuilder config) {
        return sahara.jobExecutions().create(Builders.jobExecution().jobId(job.getId()).clusterId("any").inputId(input).setJobConfig(config.build()).build());
    }

    private JobExecution awaitStatus(final String id, final String status) {
        await().pollInSameThread().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200))
            .until(() -> List.of(status, "FAILED").contains(sahara.jobExecutions().refreshStatus(id).getInfo().getStatus()));
        return sahara.jobExecutions().get(id);
    }

    private static String name() {
        return "n" + UUID.randomUUID();
    }
}
