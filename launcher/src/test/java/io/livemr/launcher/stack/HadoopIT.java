package io.livemr.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemr.launcher.client.WebHdfsClient;
import io.livemr.launcher.process.SupervisedProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Hadoop, as configured by the launcher, without LiveMR's parts in it. */
class HadoopIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private Path run;
    private SupervisedProcess nameNode;
    private SupervisedProcess dataNode;
    private WebHdfsClient hdfs;

    @BeforeEach
    void start() throws Exception {
        final StackSpec spec = StackSpec.in(run).withHadoop("dfs.datanode.plugins", "").withHadoop(
            "dfs.datanode.fsdataset.factory", "org.apache.hadoop.hdfs.server.datanode.fsdataset.impl.FsDatasetFactory");
        final Layout layout = new Layout(run);
        final Ports ports = Ports.keptIn(layout.ports());
        final Services services = new Services(Installation.find(), layout, ports, spec);
        new HadoopConf(layout, ports, spec).write();
        hdfs = new WebHdfsClient(ports.url("namenode-http"));
        assertThat(OneShot.run(services.formatCommand(), layout.log("format"), LIMIT)).isTrue();
        nameNode = new SupervisedProcess(services.nameNode(hdfs), layout.pids()).start();
        dataNode = new SupervisedProcess(services.dataNode(hdfs), layout.pids()).start();
        nameNode.awaitHealthy(LIMIT);
        dataNode.awaitHealthy(LIMIT);
    }

    @AfterEach
    void stop() {
        dataNode.stop();
        nameNode.stop();
    }

    @Test
    void shouldServeAgainAfterBothDaemonsWereKilled() {
        dataNode.killForcibly();
        nameNode.killForcibly();

        await().atMost(LIMIT).until(() -> nameNode.restarts() == 1 && dataNode.restarts() == 1);
        await().atMost(LIMIT).until(() -> hdfs.problem(1).isEmpty());
        assertThat(hdfs.exists("/")).isTrue();
        assertThat(hdfs.exists("/nothing here")).isFalse();
    }
}
