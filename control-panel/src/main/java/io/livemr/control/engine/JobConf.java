package io.livemr.control.engine;

import io.livemr.control.settings.PanelSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Writes a job's own mapred-site.xml, which stands before Hadoop's on the driver's classpath and includes it. What a job that runs inside
 * its driver has on disk is kept in the driver's own folder (Hadoop's staging is local then, too), and the job is tagged so that YARN's
 * list tells which is which. Those three are final, so that no other name of theirs in the job's own properties changes them.
 */
@Component
public class JobConf {

    private final Path hadoopConf;

    public JobConf(final PanelSettings settings) {
        this.hadoopConf = Path.of(settings.hadoop().confDir());
    }

    /** What YARN's list of applications calls those of a job. */
    static String tag(final String jobId) {
        return "livemr-" + jobId;
    }

    /** Writes the folder anew; {@code properties} are the user's. */
    public void write(final Path folder, final String jobId, final Path work, final Map<String, String> properties) {
        final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n"
            + "<configuration xmlns:xi=\"http://www.w3.org/2001/XInclude\">\n");
        final Path base = hadoopConf.resolve("mapred-site.xml").toAbsolutePath();
        if (Files.exists(base)) {
            xml.append("  <xi:include href=\"").append(escaped(base.toUri().toString())).append("\"/>\n");
        }
        Map.of("mapreduce.jobtracker.staging.root.dir", work.resolve("staging").toString(),
            "mapreduce.cluster.local.dir", work.resolve("mapred").toString(),
            "mapreduce.job.tags", tag(jobId)).forEach((name, value) -> xml.append(property(name, value, "<final>true</final>")));
        properties.forEach((name, value) -> xml.append(property(name, value, "")));
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("mapred-site.xml"), xml.append("</configuration>\n"));
        } catch (final IOException e) {
            throw new UncheckedIOException("folder=" + folder, e);
        }
    }

    private static String property(final String name, final String value, final String more) {
        return "  <property><name>" + name + "</name><value>" + escaped(value) + "</value>" + more + "</property>\n";
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
