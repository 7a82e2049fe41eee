package io.livemr.control.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.control.support.TestSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopServersTest {

    @TempDir
    private Path conf;
    private ServerSocket server;
    private String there;
    private String gone;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        there = "127.0.0.1:" + server.getLocalPort();
        // Nobody listens on the second address of this machine.
        gone = "127.0.0.2:" + server.getLocalPort();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void shouldAskNobodyWhereThereIsNoHdfs() throws IOException {
        write("core-site.xml", "fs.defaultFS", "file:///");

        assertThat(silent()).isEmpty();
    }

    @Test
    void shouldNameANameNodeThatIsGone() throws IOException {
        write("core-site.xml", "fs.defaultFS", "hdfs://" + there);
        assertThat(silent()).isEmpty();

        server.close();

        assertThat(silent()).containsExactly(there);
    }

    @Test
    void shouldBeContentWithOneOfTwoNameNodes() throws IOException {
        write("core-site.xml", "fs.defaultFS", "hdfs://my_cluster");
        write("hdfs-site.xml", "dfs.ha.namenodes.my_cluster", "one, two", "dfs.namenode.rpc-address.my_cluster.one", gone,
            "dfs.namenode.rpc-address.my_cluster.two", there);
        assertThat(silent()).isEmpty();

        server.close();

        assertThat(silent()).containsExactly(gone, there);
    }

    @Test
    void shouldAskForTheResourceManagerWhereJobsRunOnYarn() throws IOException {
        write("yarn-site.xml", "yarn.resourcemanager.hostname", "127.0.0.2", "yarn.resourcemanager.address",
            "${yarn.resourcemanager.hostname}:" + server.getLocalPort());
        assertThat(silent()).isEmpty();

        write("mapred-site.xml", "mapreduce.framework.name", "yarn");

        assertThat(silent()).containsExactly(gone);
    }

    @Test
    void shouldNotJudgeAnAddressThatOnlyHadoopUnderstands() throws IOException {
        write("mapred-site.xml", "mapreduce.framework.name", "yarn");
        write("yarn-site.xml", "yarn.resourcemanager.address", "${env.RM}:8032");

        assertThat(silent()).isEmpty();
    }

    private List<String> silent() {
        final HadoopFiles files = new HadoopFiles(TestSettings.of(Path.of("/s"), "hadoop.conf-dir", conf.toString()));
        return new HadoopServers(files, new MapReduceFramework(files)).silent();
    }

    private void write(final String file, final String... namesAndValues) throws IOException {
        final StringBuilder xml = new StringBuilder("<configuration>");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            xml.append("<property><name>").append(namesAndValues[i]).append("</name><value>").append(namesAndValues[i + 1]).append("</value></property>");
        }
        Files.writeString(conf.resolve(file), xml.append("</configuration>"));
    }
}
