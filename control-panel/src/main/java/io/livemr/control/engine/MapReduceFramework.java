package io.livemr.control.engine;

import io.livemr.control.settings.PanelSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.springframework.stereotype.Component;
import org.xml.sax.SAXException;

/** Where the Hadoop configuration has drivers run their jobs, read anew each time: {@code local} inside the driver, or {@code yarn}. */
@Component
public class MapReduceFramework {

    private static final String VALUE = "string((//property[normalize-space(name)='mapreduce.framework.name'])[last()]/value)";

    private final Path file;

    public MapReduceFramework(final PanelSettings settings) {
        this.file = Path.of(settings.hadoop().confDir()).resolve("mapred-site.xml");
    }

    public boolean isYarn() {
        return name().equals("yarn");
    }

    /** Hadoop's own default where the configuration does not say. */
    public String name() {
        try {
            final String value = Files.exists(file) ? read() : "";
            return value.isEmpty() ? "local" : value;
        } catch (final IOException | SAXException | ParserConfigurationException | XPathExpressionException e) {
            throw new IllegalStateException("file=" + file + " is no Hadoop configuration (livemr.hadoop.conf-dir): " + e.getMessage(), e);
        }
    }

    private String read() throws IOException, SAXException, ParserConfigurationException, XPathExpressionException {
        final DocumentBuilderFactory documents = DocumentBuilderFactory.newInstance();
        documents.setNamespaceAware(true);
        documents.setXIncludeAware(true);
        return XPathFactory.newInstance().newXPath().evaluate(VALUE, documents.newDocumentBuilder().parse(file.toFile())).strip();
    }
}
