package io.livemr.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HadoopConfTest {
    @TempDir
    private Path run;

    @Test
    void shouldListenOnLoopbackOnly() throws Exception {
        write(StackSpec.in(run));

        assertThat(value("hdfs-site.xml", "dfs.namenode.rpc-address")).startsWith("127.0.0.1:");
        assertThat(value("hdfs-site.xml", "dfs.datanode.address")).startsWith("127.0.0.1:");
        assertThat(value("core-site.xml", "fs.defaultFS")).startsWith("hdfs://127.0.0.1:");
    }

    @Test
    void shouldAllowBlocksSmallerThanHadoopsLeast() throws Exception {
        write(StackSpec.in(run).withBlockSize(65_536));

        assertThat(value("hdfs-site.xml", "dfs.blocksize")).isEqualTo("65536");
        assertThat(value("hdfs-site.xml", "dfs.namenode.fs-limits.min-block-size")).isEqualTo("65536");
    }

    @Test
    void shouldLetTheSpecReplaceAKeyWhateverItHolds() throws Exception {
        write(StackSpec.in(run).withHadoop("dfs.datanode.plugins", "a<b&c"));

        assertThat(value("hdfs-site.xml", "dfs.datanode.plugins")).isEqualTo("a<b&c");
    }

    @Test
    void shouldKeepThePortsOfTheFirstStart() throws Exception {
        final String first = Ports.keptIn(run.resolve("ports.json")).address("namenode");

        assertThat(Ports.keptIn(run.resolve("ports.json")).address("namenode")).isEqualTo(first);
    }

    private void write(final StackSpec spec) throws Exception {
        new HadoopConf(new Layout(run), Ports.keptIn(run.resolve("ports.json")), spec).write();
    }

    private String value(final String file, final String key) throws Exception {
        final Path path = run.resolve("hadoop/conf").resolve(file);
        assertThat(Files.exists(path)).isTrue();
        final NodeList properties = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(path.toFile()).getElementsByTagName("property");
        for (int i = 0; i < properties.getLength(); i++) {
            final Element property = (Element) properties.item(i);
            if (text(property, "name").equals(key)) {
                return text(property, "value");
            }
        }
        throw new AssertionError("no key " + key + " in " + path);
    }

    private static String text(final Element property, final String tag) {
        return property.getElementsByTagName(tag).item(0).getTextContent();
    }
}
