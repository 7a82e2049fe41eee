package io.livemr.control.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.control.support.TestSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class JobConfTest {

    @TempDir
    private Path folder;

    @Test
    void shouldHandOnPropertiesWhateverIsInThem() throws Exception {
        final Document xml = written(Map.of("a.b", "<&\"'> ${x}"));

        assertThat(XPathFactory.newInstance().newXPath().evaluate("//property[name='a.b']/value", xml)).isEqualTo("<&\"'> ${x}");
    }

    @Test
    void shouldKeepItsOwnPropertiesFromBeingChanged() throws Exception {
        final Document xml = written(Map.of("mapred.local.dir", "/elsewhere"));

        assertThat(XPathFactory.newInstance().newXPath().evaluate("//property[name='mapreduce.cluster.local.dir']/final", xml)).isEqualTo("true");
        assertThat(XPathFactory.newInstance().newXPath().evaluate("count(//property[final])", xml)).isEqualTo("3");
        assertThat(XPathFactory.newInstance().newXPath().evaluate("name(//property[last()]/final)", xml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mapreduce.jobtracker.staging.root.dir", "mapreduce.cluster.local.dir"})
    void shouldKeepFilesOfAJobInTheFolderOfItsDriver(final String name) throws Exception {
        assertThat(XPathFactory.newInstance().newXPath().evaluate("//property[name='" + name + "']/value", written(Map.of()))).startsWith("/local/");
    }

    private Document written(final Map<String, String> properties) throws Exception {
        new JobConf(TestSettings.of(Path.of("/s"), "hadoop.conf-dir", folder.toString()))
            .write(folder.resolve("conf"), "j1", Path.of("/local"), properties);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Files.newInputStream(folder.resolve("conf/mapred-site.xml")));
    }
}
