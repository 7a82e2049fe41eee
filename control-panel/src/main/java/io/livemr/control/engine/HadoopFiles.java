package io.livemr.control.engine;

import io.livemr.control.settings.PanelSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.springframework.stereotype.Component;
import org.xml.sax.SAXException;

/** What the files of {@code livemr.hadoop.conf-dir} say, read anew each time. */
@Component
public class HadoopFiles {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");

    private final Path folder;

    public HadoopFiles(final PanelSettings settings) {
        this.folder = Path.of(settings.hadoop().confDir());
    }

    /**
     * The last word on a property, as Hadoop takes it; empty where there is none. A reference to another property of the file is filled in.
     *
     * @param file such as {@code core-site.xml}.
     */
    Optional<String> value(final String file, final String property) {
        final Path path = folder.resolve(file);
        try {
            return Optional.of(Files.exists(path) ? filled(path, read(path, property)) : "").filter(value -> !value.isEmpty());
        } catch (final IOException | SAXException | ParserConfigurationException | XPathExpressionException e) {
            throw new IllegalStateException("file=" + path + " is no Hadoop configuration (livemr.hadoop.conf-dir): " + e.getMessage(), e);
        }
    }

    private static String filled(final Path path, final String value)
            throws IOException, SAXException, ParserConfigurationException, XPathExpressionException {
        final Matcher reference = REFERENCE.matcher(value);
        return reference.find() ? reference.replaceFirst(Matcher.quoteReplacement(read(path, reference.group(1)))) : value;
    }

    private static String read(final Path path, final String property)
            throws IOException, SAXException, ParserConfigurationException, XPathExpressionException {
        final DocumentBuilderFactory documents = DocumentBuilderFactory.newInstance();
        documents.setNamespaceAware(true);
        documents.setXIncludeAware(true);
        final XPath paths = XPathFactory.newInstance().newXPath();
        paths.setXPathVariableResolver(name -> property);
        return paths.evaluate("string((//property[normalize-space(name)=$name])[last()]/value)", documents.newDocumentBuilder().parse(path.toFile())).strip();
    }
}
