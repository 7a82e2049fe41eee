package io.livemr.system.cluster;

import io.livemr.launcher.stack.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Hadoop's configuration of each host: a stock cluster as its documentation has it, small, and block-link's keys on the compute nodes. */
final class ClusterConf {
    private static final String TASK_JVM = " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto";

    private final Path folder;
    private final Network network;
    private final Installation installation;

    ClusterConf(final Path folder, final Network network, final Installation installation) {
        this.folder = folder;
        this.network = network;
        this.installation = installation;
    }

    Path of(final int host) {
        return folder.resolve("host" + host + "/conf");
    }

    /** As for {@code java -cp}: stock Hadoop, YARN, and LiveMR's two jars. */
    String libraries() {
        return installation.jar("hdfs-bridge/yarn-runtime") + ":" + installation.hadoopLibraries() + ":"
            + installation.home().resolve("hdfs-bridge/yarn-runtime/target/lib") + "/*";
    }

    void write(final int host) throws IOException {
        Files.createDirectories(of(host));
        xml(host, "core-site", core(host));
        xml(host, "hdfs-site", hdfs(host));
        xml(host, "yarn-site", yarn(host));
        xml(host, "mapred-site", mapred());
        xml(host, "capacity-scheduler", Map.of("yarn.scheduler.capacity.root.queues", "default",
            "yarn.scheduler.capacity.root.default.capacity", "100",
            "yarn.scheduler.capacity.maximum-am-resource-percent", "0.9"));
    }

    private Map<String, String> core(final int host) {
        return Map.of("fs.defaultFS", "hdfs://" + network.address(Cluster.CONTROLLER) + ":8020",
            "hadoop.tmp.dir", folder.resolve("host" + host + "/tmp").toString(),
            "ipc.client.connect.retry.interval", "200", "ipc.client.connect.max.retries", "300");
    }

    private Map<String, String> hdfs(final int host) {
        final Map<String, String> keys = new TreeMap<>(Map.of("dfs.replication", "1", "dfs.heartbeat.interval", "1",
            "dfs.namenode.safemode.extension", "0", "dfs.namenode.datanode.registration.ip-hostname-check", "false",
            "dfs.namenode.http-address", network.address(Cluster.CONTROLLER) + ":9870",
            "dfs.datanode.hostname", network.address(host),
            "dfs.datanode.address", network.address(host) + ":9866", "dfs.datanode.ipc.address", network.address(host) + ":9867",
            "dfs.datanode.http.address", network.address(host) + ":9864"));
        keys.putAll(Map.of("dfs.datanode.fsdataset.factory", "org.apache.hadoop.hdfs.server.datanode.fsdataset.impl.LinkFsDatasetFactory",
            "dfs.datanode.plugins", "io.livemr.hdfs.plugin.LinkPlugin",
            "livemr.composer.url", "https://" + network.address(host) + ":7480",
            "livemr.composer.token.file", composer(host).resolve("token").toString(),
            "livemr.composer.mount", mount(host).toString()));
        return keys;
    }

    Path composer(final int host) {
        return folder.resolve("host" + host + "/composer");
    }

    Path mount(final int host) {
        return folder.resolve("host" + host + "/mnt");
    }

    private Map<String, String> yarn(final int host) {
        final Map<String, String> keys = new TreeMap<>(Map.of("yarn.resourcemanager.hostname", network.address(Cluster.CONTROLLER),
            "yarn.nodemanager.hostname", network.address(host), "yarn.nodemanager.aux-services", "mapreduce_shuffle",
            "yarn.nodemanager.local-dirs", folder.resolve("host" + host + "/local").toString(),
            "yarn.nodemanager.log-dirs", folder.resolve("host" + host + "/containers").toString(),
            "yarn.nodemanager.resource.memory-mb", "1024", "yarn.nodemanager.resource.cpu-vcores", "4",
            "yarn.scheduler.minimum-allocation-mb", "128", "yarn.nodemanager.vmem-check-enabled", "false",
            "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99.5"));
        keys.put("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "200");
        keys.put("yarn.application.classpath", of(host).toString());
        return keys;
    }

    /**
     * A node has room for one map at a time: the scheduler waits for as many offers as there are nodes, three here, before it gives up a map's own
     * node (RegularContainerAllocator.getActualNodeLocalityDelay), and a node that is late by half a second would lose its map to one that is not.
     */
    private Map<String, String> mapred() {
        final String home = installation.home().toString();
        final Map<String, String> keys = new TreeMap<>(Map.of("mapreduce.framework.name", "yarn",
            "mapreduce.application.classpath", of(Cluster.CONTROLLER) + "," + home + "/hdfs-bridge/hadoop-runtime/target/lib/*," + home
                + "/hdfs-bridge/yarn-runtime/target/lib/*",
            "mapreduce.jobhistory.address", network.address(Cluster.CONTROLLER) + ":10020",
            "mapreduce.jobhistory.webapp.address", network.address(Cluster.CONTROLLER) + ":19888",
            "mapreduce.map.memory.mb", "640", "mapreduce.reduce.memory.mb", "256", "yarn.app.mapreduce.am.resource.mb", "384",
            "mapreduce.map.java.opts", "-Xmx160m" + TASK_JVM, "mapreduce.reduce.java.opts", "-Xmx160m" + TASK_JVM,
            "yarn.app.mapreduce.am.command-opts", "-Xmx256m" + TASK_JVM));
        keys.put("mapreduce.map.speculative", "false");
        keys.put("mapreduce.task.io.sort.mb", "16");
        keys.put("yarn.app.mapreduce.am.scheduler.heartbeat.interval-ms", "200");
        return keys;
    }

    private void xml(final int host, final String name, final Map<String, String> keys) throws IOException {
        final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<configuration>\n");
        new TreeMap<>(keys).forEach((key, value) -> xml.append("  <property><name>").append(key).append("</name><value>").append(value)
            .append("</value></property>\n"));
        Files.writeString(of(host).resolve(name + ".xml"), xml.append("</configuration>\n"));
    }
}
