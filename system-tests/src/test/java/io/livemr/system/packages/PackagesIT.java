package io.livemr.system.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.lab.host.HostCommand;
import io.livemr.launcher.stack.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The four packages on one booted Debian: what they install, whom they run as, and what their units forbid. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PackagesIT {
    private static final Path HOME = Installation.find().home();
    private static final Path EXAMPLES = Installation.find().jar("examples");
    private static final List<String> SERVICES = List.of("livemr-agent", "livemr-composer", "livemr-datanode", "livemr-panel");
    private static final List<String> UNITS = List.of("livemr-agent", "livemr-composer", "livemr-datanode", "livemr-driver", "livemr-panel");
    private static final Attempts ATTEMPTS = Attempts.read();
    /** Bits of CAP_DAC_OVERRIDE and CAP_SYS_ADMIN. */
    private static final long OVERRIDE_AND_ADMIN = 1L << 1 | 1L << 21;

    private static Container container;
    private static String enabledAfterInstallation;

    @BeforeAll
    static void install() throws Exception {
        container = Container.boot("--private-network", "--bind-ro=" + HOME.resolve("hdfs-bridge/hadoop-runtime/target/lib") + ":/opt/hadoop",
            "--bind-ro=" + EXAMPLES.getParent() + ":/opt/examples");
        HostCommand.of(HOME.resolve("scripts/package.sh").toString(), container.path("packages").toString()).run();
        container.run("dpkg --install /packages/*.deb");
        enabledAfterInstallation = container.tryRun("systemctl is-enabled " + String.join(" ", SERVICES)).output();
        container.write("etc/default/livemr-datanode", DATANODE_DEFAULTS);
        container.write("etc/hadoop/conf/hdfs-site.xml", HDFS_SITE);
        container.write("etc/livemr/panel.env", "LIVEMR_COMPOSERS_0_URL=http://127.0.0.1:7480\nLIVEMR_COMPOSERS_0_TOKENFILE=/etc/livemr/node1.token\n");
        container.run("cp /usr/bin/id /setuid-id && chmod u+s /setuid-id && mkdir --parents /usr/lib/modules/attempt");
        container.write("attempts.sh", ATTEMPTS.script());
        for (final String service : UNITS) {
            writeAttempts(service);
        }
        container.run("systemctl daemon-reload; systemctl start " + String.join(" ", SERVICES));
        container.write("panel.pid", pidOf("livemr-panel"));
        awaitAnswer("http://127.0.0.1:7480/health", "UP");
        container.run("cd /var/lib/livemr/composer; install --owner=livemr-datanode --mode=600 token /etc/hadoop/node1.token;"
            + " install --owner=livemr-panel --mode=600 token /etc/livemr/node1.token");
    }

    @AfterAll
    static void remove() {
        if (container != null) {
            container.close();
        }
    }

    @Test
    void shouldStartNothingBeforeSomebodySaysSo() {
        assertThat(enabledAfterInstallation).isEqualTo("disabled\n".repeat(SERVICES.size()));
    }

    @Test
    @Order(1)
    void shouldRunThePanelAsAUserOfItsOwnWithoutAnyCapability() {
        awaitAnswer("http://127.0.0.1:8080/actuator/health/liveness", "UP");

        assertThat(asAdmin("/actuator/health/readiness")).contains("livemr.hadoop.classpath");
        assertThat(userOf("livemr-panel")).isEqualTo("livemr-panel");
        assertThat(capabilitiesOf("livemr-panel")).isZero();
        assertThat(container.run("stat --format='%U %a' /var/lib/livemr/panel /var/lib/livemr/panel/token"))
            .isEqualTo("livemr-panel 700\nlivemr-panel 600\n");
    }

    @Test
    @Order(1)
    void shouldRunTheComposerWithTwoCapabilitiesAndWithoutRoot() {
        awaitMount();
        awaitAnswer("http://127.0.0.1:7480/health", "UP");

        assertThat(userOf("livemr-composer")).isEqualTo("livemr-composer");
        assertThat(capabilitiesOf("livemr-composer")).isEqualTo(OVERRIDE_AND_ADMIN);
    }

    @Test
    @Order(1)
    void shouldRunTheDataNodeWithItsPlugInAsAUserOfItsOwnWithoutAnyCapability() {
        awaitAnswer("http://127.0.0.1:9864/jmx?qry=Hadoop:service=DataNode,name=LiveMrLinks", "\"EventStreams\" : 1");

        assertThat(userOf("livemr-datanode")).isEqualTo("livemr-datanode");
        assertThat(capabilitiesOf("livemr-datanode")).isZero();
    }

    @Test
    @Order(1)
    void shouldAnswerOwnersThroughTheAgent() {
        Awaitility.await("livemr-grant").atMost(Container.LIMIT).until(() -> container.tryRun("livemr-grant --list").exitCode() == 0);
    }

    @Test
    @Order(2)
    void shouldHaveEveryMetricThatTheShippedAlertsAndDashboardAskFor() throws Exception {
        asAdmin("/api/v1/jobs --form jar=@/opt/examples/" + EXAMPLES.getFileName() + " --form 'job={\"mainClass\": \"io.livemr.examples.WordCount\","
            + " \"inputs\": [{\"vm\": \"vm9\", \"path\": \"/words\"}]};type=application/json'");
        Awaitility.await("the end of a job").atMost(Container.LIMIT).until(() -> asAdmin("/api/v1/jobs").contains("\"FAILED\""));

        final String told = asAdmin("/actuator/prometheus") + container.run("curl --silent --header \"Authorization: Bearer"
            + " $(cat /var/lib/livemr/composer/token)\" http://127.0.0.1:7480/metrics");

        assertThat(Monitoring.metrics(container.path("usr/share/livemr/monitoring"))).hasSizeGreaterThan(15)
            .allSatisfy(metric -> assertThat(told).containsPattern("(?m)^" + metric + "[{ ]"));
    }

    /** Else the table would say nothing about units. */
    @Test
    @Order(2)
    void shouldLetRootDoWhatIsTriedOutsideOfUnits() {
        assertThat(ATTEMPTS.outcomes(container.run("STATE_DIRECTORY=/var/lib sh /attempts.sh"))).isEqualTo(ATTEMPTS.wanted("root"));
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(strings = {"panel", "composer", "datanode", "driver", "agent"})
    void shouldLetAServiceDoOnlyWhatItsUnitGrants(final String column) throws Exception {
        container.run("systemctl start attempts-livemr-" + column + "@1");

        assertThat(ATTEMPTS.outcomes(Files.readString(container.path("livemr-" + column + ".attempts")))).isEqualTo(ATTEMPTS.wanted(column));
    }

    /** Whoever hears that a driver has ended may count on nothing of it being left, not even of what ignores SIGTERM. */
    @ParameterizedTest
    @Order(2)
    @CsvSource({"exit 7, true, 7", "sleep 600, kill $!, 143"})
    void shouldEndAllOfADriverBeforeItsClientEnds(final String last, final String meanwhile, final int exitCode) {
        final String asleep = "pgrep --full \"^sleep 600\" > /dev/null";

        final String told = container.run("setpriv --reuid=livemr-panel --regid=livemr-panel --clear-groups java -cp '/usr/share/livemr/panel/*'"
            + " io.livemr.control.driver.DriverClient /run/livemr-driver.sock /etc/hostname /etc/hostname"
            + " sh -c '(trap \"\" TERM; exec setsid sleep 600) & until " + asleep + "; do sleep 0.1; done; echo began; " + last + "' > /client.log &"
            + " until grep --quiet began /client.log; do sleep 0.1; done; " + meanwhile + "; wait $!; echo $?; " + asleep + "; echo $?");

        assertThat(told).isEqualTo(exitCode + "\n1\n");
    }

    @Test
    @Order(3)
    void shouldShowComposedFilesAgainAfterTheComposerWasKilled() {
        container.run("systemctl kill --signal=KILL livemr-composer");

        Awaitility.await("its restart").atMost(Container.LIMIT)
            .until(() -> container.run("systemctl show --property=NRestarts livemr-composer").equals("NRestarts=1\n"));
        awaitMount();
    }

    @Test
    @Order(4)
    void shouldTakeAServiceAwayWithItsPackage() {
        container.run("dpkg --remove livemr-agent");

        assertThat(container.tryRun("systemctl is-active livemr-agent").output()).isNotEqualTo("active\n");
        assertThat(container.path("usr/share/livemr/agent")).doesNotExist();
    }

    /** The shipped unit with only its command replaced. */
    private static void writeAttempts(final String service) throws IOException {
        final Path shipped = container.path("usr/lib/systemd/system");
        final boolean onePerConnection = Files.exists(shipped.resolve(service + "@.service"));
        final String unit = Files.readString(shipped.resolve(service + (onePerConnection ? "@.service" : ".service")));
        container.write("etc/systemd/system/attempts-" + service + "@.service", unit
            .replaceAll("\nStandard.*", "").replaceAll("\nExecStopPost=.*", "").replaceAll("\nRestart=.*", "").replaceAll(
                "\nExecStart=.*", "\nType=oneshot\nExecStart=/bin/sh /attempts.sh\nStandardOutput=truncate:/" + service + ".attempts"));
    }

    private static void awaitAnswer(final String url, final String wanted) {
        Awaitility.await(url).atMost(Container.LIMIT).pollInterval(Duration.ofMillis(200))
            .until(() -> container.tryRun("curl --silent --max-time 5 '" + url + "'").output().contains(wanted));
    }

    private static String asAdmin(final String pathAndOptions) {
        return container.run("curl --silent --header \"Authorization: Bearer $(cat /var/lib/livemr/panel/token)\" http://127.0.0.1:8080" + pathAndOptions);
    }

    private static void awaitMount() {
        Awaitility.await("mount").atMost(Container.LIMIT).pollInterval(Duration.ofMillis(200))
            .until(() -> container.tryRun("findmnt --noheadings --output FSTYPE /var/lib/livemr/mnt && ls /var/lib/livemr/mnt").output().contains("fuse"));
    }

    private static String userOf(final String service) {
        return container.run("stat --format=%U /proc/" + pidOf(service)).strip();
    }

    private static long capabilitiesOf(final String service) {
        return Long.parseLong(container.run("sed -n 's/^CapEff:\\t//p' /proc/" + pidOf(service) + "/status").strip(), 16);
    }

    private static String pidOf(final String service) {
        return container.run("systemctl show --property=MainPID --value " + service).strip();
    }

    private static final String DATANODE_DEFAULTS = """
        HADOOP_CONF_DIR=/etc/hadoop/conf
        LIVEMR_HADOOP_CLASSPATH=/opt/hadoop/*
        LIVEMR_DATANODE_HEAP=128m
        """;

    private static final String HDFS_SITE = """
        <configuration>
          <property><name>dfs.namenode.rpc-address</name><value>127.0.0.1:8020</value></property>
          <property><name>dfs.datanode.data.dir</name><value>/var/lib/livemr/datanode/data</value></property>
          <property><name>dfs.datanode.http.address</name><value>127.0.0.1:9864</value></property>
          <property><name>dfs.datanode.fsdataset.factory</name>
            <value>org.apache.hadoop.hdfs.server.datanode.fsdataset.impl.LinkFsDatasetFactory</value></property>
          <property><name>dfs.datanode.plugins</name><value>io.livemr.hdfs.plugin.LinkPlugin</value></property>
          <property><name>livemr.composer.mount</name><value>/var/lib/livemr/mnt</value></property>
          <property><name>livemr.composer.url</name><value>http://127.0.0.1:7480</value></property>
          <property><name>livemr.composer.token.file</name><value>/etc/hadoop/node1.token</value></property>
        </configuration>
        """;
}
