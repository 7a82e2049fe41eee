package io.livemr.launcher.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the configuration of a stock Hadoop of one node: everything on loopback, one replica, quick to start and quick to
 * notice, MapReduce in the job's own process, and the two hooks by which the DataNode loads block-link.
 */
final class HadoopConf {
    private static final String PLUGIN = "io.livemr.hdfs.plugin.LinkPlugin";
    private static final String DATASET = "org.apache.hadoop.hdfs.server.datanode.fsdataset.impl.LinkFsDatasetFactory";

    private final Layout layout;
    private final Ports ports;
    private final StackSpec spec;

    HadoopConf(final Layout layout, final Ports ports, final StackSpec spec) {
        this.layout = layout;
        this.ports = ports;
        this.spec = spec;
    }

    void write() throws IOException {
        Files.createDirectories(layout.conf());
        Files.writeString(layout.conf().resolve("core-site.xml"), xml(core()));
        Files.writeString(layout.conf().resolve("hdfs-site.xml"), xml(hdfs()));
        Files.writeString(layout.conf().resolve("mapred-site.xml"), xml(mapred()));
        Files.writeString(layout.conf().resolve("log4j.properties"), LOG4J);
    }

    private Map<String, String> core() {
        final Map<String, String> keys = new TreeMap<>();
        keys.put("fs.defaultFS", "hdfs://" + ports.address("namenode"));
        keys.put("hadoop.tmp.dir", layout.hadoopTemp().toString());
        // A DataNode that starts beside its NameNode asks again at once, not after seconds.
        keys.put("ipc.client.connect.retry.interval", "100");
        keys.put("ipc.client.connect.max.retries", "100");
        return keys;
    }

    private Map<String, String> hdfs() {
        final Map<String, String> keys = new TreeMap<>();
        addresses(keys);
        smallMachine(keys);
        blockLink(keys);
        keys.putAll(spec.hadoop());
        return keys;
    }

    private void addresses(final Map<String, String> keys) {
        keys.put("dfs.namenode.name.dir", layout.name().toUri().toString());
        keys.put("dfs.datanode.data.dir", layout.data().toUri().toString());
        keys.put("dfs.namenode.rpc-address", ports.address("namenode"));
        keys.put("dfs.namenode.http-address", ports.address("namenode-http"));
        keys.put("dfs.datanode.address", ports.address("datanode"));
        keys.put("dfs.datanode.http.address", ports.address("datanode-http"));
        keys.put("dfs.datanode.ipc.address", ports.address("datanode-ipc"));
        keys.put("dfs.datanode.hostname", "127.0.0.1");
    }

    private void smallMachine(final Map<String, String> keys) {
        keys.put("dfs.replication", "1");
        keys.put("dfs.blocksize", Long.toString(spec.blockSizeBytes()));
        keys.put("dfs.namenode.fs-limits.min-block-size", Long.toString(Math.min(1 << 20, spec.blockSizeBytes())));
        keys.put("dfs.namenode.safemode.extension", "0");
        keys.put("dfs.heartbeat.interval", "1");
        keys.put("dfs.namenode.heartbeat.recheck-interval", "2000");
        keys.put("dfs.namenode.handler.count", "4");
        keys.put("dfs.datanode.handler.count", "4");
        keys.put("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "5");
    }

    private void blockLink(final Map<String, String> keys) {
        keys.put("dfs.datanode.fsdataset.factory", DATASET);
        keys.put("dfs.datanode.plugins", PLUGIN);
        keys.put("livemr.composer.url", ports.url("composer").toString());
        keys.put("livemr.composer.token.file", layout.composerToken().toString());
        keys.put("livemr.composer.mount", layout.mount().toString());
    }

    private Map<String, String> mapred() {
        return Map.of(
            "mapreduce.framework.name", "local",
            "mapreduce.cluster.local.dir", layout.hadoopTemp().resolve("mapred").toString(),
            "mapreduce.task.io.sort.mb", "32");
    }

    private static String xml(final Map<String, String> keys) {
        final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<configuration>\n");
        new TreeMap<>(keys).forEach((key, value) -> xml.append("  <property><name>").append(escaped(key)).append("</name><value>")
            .append(escaped(value)).append("</value></property>\n"));
        return xml.append("</configuration>\n").toString();
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static final String LOG4J = """
        hadoop.root.logger=INFO,console
        log4j.rootLogger=${hadoop.root.logger}
        log4j.logger.org.apache.hadoop.util.NativeCodeLoader=ERROR
        log4j.appender.console=org.apache.log4j.ConsoleAppender
        log4j.appender.console.target=System.err
        log4j.appender.console.layout=org.apache.log4j.PatternLayout
        log4j.appender.console.layout.ConversionPattern=%d{ISO8601} %p %c{1}: %m%n
        """;
}
