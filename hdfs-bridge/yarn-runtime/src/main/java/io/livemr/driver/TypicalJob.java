package io.livemr.driver;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.util.RunJar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job of one line, run inside this JVM, and a question to an HDFS that is not there: what a driver does before Hadoop has taken its job. A JVM that is
 * told {@code -XX:ArchiveClassesAtExit} learns from it which classes drivers need. Argument: a folder that is there, for what it writes. Reads no
 * configuration but Hadoop's own defaults.
 */
public final class TypicalJob {

    private static final Logger LOG = LoggerFactory.getLogger(TypicalJob.class);
    private static final URI NOBODY = URI.create("hdfs://127.0.0.1:1");

    private TypicalJob() { }

    public static void main(final String[] args) throws Exception {
        final Configuration conf = new Configuration();
        conf.set("hadoop.tmp.dir", args[0]);
        new RunJar();
        askNobody(conf);
        if (!job(conf, java.nio.file.Path.of(args[0])).waitForCompletion(true)) {
            throw new IOException("a job of one line failed");
        }
    }

    private static void askNobody(final Configuration conf) {
        conf.setInt("ipc.client.connect.max.retries", 0);
        try (FileSystem nobody = FileSystem.newInstance(NOBODY, conf)) {
            nobody.getFileStatus(new Path("/"));
        } catch (final IOException e) {
            LOG.info("as it should be: {}", e.getMessage());
        }
    }

    private static Job job(final Configuration conf, final java.nio.file.Path folder) throws IOException {
        final java.nio.file.Path input = Files.createDirectories(folder.resolve("input"));
        Files.write(input.resolve("line"), List.of("a line"));
        final Job job = Job.getInstance(conf, "typical job");
        FileInputFormat.addInputPath(job, new Path(input.toUri()));
        FileOutputFormat.setOutputPath(job, new Path(folder.resolve("output").toUri()));
        return job;
    }
}
