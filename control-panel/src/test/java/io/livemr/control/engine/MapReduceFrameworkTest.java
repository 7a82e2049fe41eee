package io.livemr.control.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.control.support.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapReduceFrameworkTest {

    @TempDir
    private Path conf;

    @Test
    void shouldBeWhatTheConfigurationSaysNow() throws Exception {
        assertThat(framework().name()).isEqualTo("local");

        write("<property><name> mapreduce.framework.name </name><value>\n yarn </value></property>");

        assertThat(framework().isYarn()).isTrue();
    }

    @Test
    void shouldTakeTheLastWordAsHadoopDoes() throws Exception {
        write("<property><name>mapreduce.framework.name</name><value>yarn</value></property>"
            + "<property><name>mapreduce.framework.name</name><value>local</value></property>");

        assertThat(framework().isYarn()).isFalse();
    }

    @Test
    void shouldLookIntoAnIncludedFile() throws Exception {
        Files.writeString(conf.resolve("more.xml"),
            "<configuration><property><name>mapreduce.framework.name</name><value>yarn</value></property></configuration>");
        write("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='more.xml'/>");

        assertThat(framework().isYarn()).isTrue();
    }

    @Test
    void shouldNameAFileThatIsNoConfiguration() throws Exception {
        Files.writeString(conf.resolve("mapred-site.xml"), "mapreduce.framework.name=yarn");

        assertThatThrownBy(() -> framework().isYarn()).hasMessageContaining("mapred-site.xml").hasMessageContaining("livemr.hadoop.conf-dir");
    }

    private void write(final String properties) throws IOException {
        Files.writeString(conf.resolve("mapred-site.xml"), "<?xml version=\"1.0\"?><configuration>" + properties + "</configuration>");
    }

    private MapReduceFramework framework() {
        return new MapReduceFramework(new HadoopFiles(TestSettings.of(Path.of("/s"), "hadoop.conf-dir", conf.toString())));
    }
}
