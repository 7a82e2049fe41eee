package io.livemr.hdfs.failpoint;

import io.livemr.failpoint.kill.ClassArchive;
import io.livemr.failpoint.kill.Life;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.server.datanode.DataNode;

/** Hadoop's DataNode program with block-link, over a folder that outlives it. */
final class DataNodeProcess implements Life {

    static final ClassArchive CLASSES = new ClassArchive("datanode");

    private final Process process;
    private final Path output;

    /**
     * @param conf   of the cluster; written down for the program, with data folder and ports.
     * @param faults for LIVEMR_FAIL_POINTS.
     * @param option for java itself.
     */
    DataNodeProcess(Configuration conf, Path folder, String faults, String option) throws IOException {
        output = folder.resolve("datanode.out");
        final ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", option, "-Xmx256m", "-cp", CLASSES.classPath(),
            DataNode.class.getName(), "-conf", write(conf, folder).toString());
        builder.environment().put("LIVEMR_FAIL_POINTS", faults);
        process = builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile())).start();
    }

    private static Path write(Configuration conf, Path folder) throws IOException {
        final Configuration own = new Configuration(conf);
        own.set("dfs.datanode.data.dir", folder.resolve("data").toString());
        own.set("dfs.datanode.address", "127.0.0.1:0");
        own.set("dfs.datanode.ipc.address", "127.0.0.1:0");
        own.set("dfs.datanode.http.address", "127.0.0.1:0");
        final Path file = folder.resolve("datanode.xml");
        try (OutputStream out = Files.newOutputStream(file)) {
            own.writeXml(out);
        }
        return file;
    }

    @Override
    public Process process() {
        return process;
    }

    @Override
    public String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
