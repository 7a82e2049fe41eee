package io.livemr.system.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.lab.host.HostCommand;
import io.livemr.launcher.client.ApiException;
import io.livemr.launcher.client.ComposerClient;
import io.livemr.launcher.client.Connections;
import io.livemr.launcher.client.Credentials;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.client.PanelClient;
import io.livemr.launcher.client.WebHdfsClient;
import io.livemr.launcher.process.HealthCheck;
import io.livemr.launcher.process.ServiceSpec;
import io.livemr.launcher.process.SupervisedProcess;
import io.livemr.launcher.stack.Installation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A controller (NameNode, ResourceManager, job history server, panel) and compute nodes (composer, DataNode with block-link, NodeManager),
 * each in a network namespace. Node N serves the VM whose images are in the N-th of the given folders.
 */
final class Cluster implements AutoCloseable {
    static final int CONTROLLER = 0;
    private static final Duration START_LIMIT = Duration.ofMinutes(8);

    private final Path folder;
    private final List<Path> imageFolders;
    private final Installation installation = Installation.find();
    private final Network network;
    private final ClusterConf conf;
    private final Certificates certificates;
    private final Map<String, SupervisedProcess> processes = new LinkedHashMap<>();

    private Cluster(final Path folder, final List<Path> imageFolders) throws IOException {
        this.folder = folder;
        this.imageFolders = imageFolders;
        this.certificates = Certificates.make(folder.resolve("certificates"));
        this.network = new Network(1 + imageFolders.size());
        this.conf = new ClusterConf(folder, network, installation);
    }

    static Cluster up(final Path folder, final List<Path> imageFolders) throws IOException {
        final Cluster cluster = new Cluster(folder, imageFolders);
        try {
            cluster.start();
            return cluster;
        } catch (final IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void start() throws IOException {
        for (int host = 0; host <= imageFolders.size(); host++) {
            conf.write(host);
        }
        for (int host = 1; host <= imageFolders.size(); host++) {
            startNode(host);
        }
        startController();
        processes.values().forEach(process -> process.awaitHealthy(START_LIMIT));
    }

    private void startController() {
        HostCommand.of(network.on(CONTROLLER, hadoop(CONTROLLER, 256, "hdfs.server.namenode.NameNode", "-format", "-nonInteractive"))).run();
        add(CONTROLLER, "namenode", hadoop(CONTROLLER, 256, "hdfs.server.namenode.NameNode"), () -> webHdfs().problem(imageFolders.size()));
        add(CONTROLLER, "resourcemanager", hadoop(CONTROLLER, 256, "yarn.server.resourcemanager.ResourceManager"), this::yarnProblem);
        add(CONTROLLER, "historyserver", hadoop(CONTROLLER, 192, "mapreduce.v2.hs.JobHistoryServer"),
            () -> new JsonHttp("historyserver", url(CONTROLLER, 19888), Credentials.NONE).problemOf("/ws/v1/history/info"));
        add(CONTROLLER, "panel", panelCommand(), panel()::problem);
    }

    private void startNode(final int host) {
        certificates.certify(host, network.address(host));
        add(host, "composer", installation.javaCommand(192, installation.classpath("host-composer"), "io.livemr.composer.Main",
            "--state", conf.composer(host).toString(), "--mount", conf.mount(host).toString(), "--listen", network.address(host) + ":7480",
            "--certificate", certificates.of(host).toString(), "--private-key", certificates.keyOf(host).toString(),
            "--images", imageFolders.get(host - 1).toString()), composer(host)::problem);
        add(host, "datanode", hadoop(host, 192, "hdfs.server.datanode.DataNode"), Optional::empty);
        add(host, "nodemanager", hadoop(host, 192, "yarn.server.nodemanager.NodeManager"), Optional::empty);
    }

    private List<String> panelCommand() {
        final List<String> command = installation.javaCommand(256, installation.classpath("control-panel"), "io.livemr.control.ControlPanel",
            "--livemr.state=" + folder.resolve("panel"), "--server.address=" + network.address(CONTROLLER), "--server.port=8080",
            "--livemr.hadoop.classpath=" + conf.libraries(), "--livemr.jobs.requester=ana", "--livemr.engine.environment=JDK_JAVA_OPTIONS");
        command.add(1, "-XX:TieredStopAtLevel=1");
        for (int host = 1; host <= imageFolders.size(); host++) {
            command.addAll(List.of("--livemr.composers[" + (host - 1) + "].url=https://" + network.address(host) + ":7480",
                "--livemr.composers[" + (host - 1) + "].token-file=" + conf.composer(host).resolve("token")));
        }
        return command;
    }

    private List<String> hadoop(final int host, final int heapMebibytes, final String name, final String... args) {
        final List<String> words = new ArrayList<>(List.of("org.apache.hadoop." + name));
        words.addAll(List.of(args));
        final List<String> command = installation.javaCommand(heapMebibytes, conf.of(host) + ":" + conf.libraries(), words.toArray(String[]::new));
        command.addAll(1, List.of("--add-opens=java.base/java.lang=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
        return command;
    }

    private void add(final int host, final String name, final List<String> command, final HealthCheck health) {
        final String process = name + (host == CONTROLLER ? "" : host);
        final Map<String, String> environment =
            Map.of("JAVA_HOME", System.getProperty("java.home"), "HADOOP_CONF_DIR", conf.of(host).toString(),
                // What update-ca-certificates does for all programs of a host.
                "JDK_JAVA_OPTIONS", "-Djavax.net.ssl.trustStore=" + certificates.trustStore(),
                // Nobody else is on the bridge.
                "LIVEMR_ACCESS_PLAINHTTP", "true");
        processes.put(process, new SupervisedProcess(new ServiceSpec(process, network.on(host, command), environment,
            folder.resolve("log/" + process + ".log"), health), folder.resolve("run")).start());
    }

    SupervisedProcess process(final String name) {
        return processes.get(name);
    }

    PanelClient panel() {
        return new PanelClient(url(CONTROLLER, 8080), folder.resolve("panel"));
    }

    ComposerClient composer(final int host) {
        return new ComposerClient(URI.create("https://" + network.address(host) + ":7480"), conf.composer(host).resolve("token"),
            Connections.trusting(certificates.authority()));
    }

    WebHdfsClient webHdfs() {
        return new WebHdfsClient(url(CONTROLLER, 9870));
    }

    String address(final int host) {
        return network.address(host);
    }

    /** What the ResourceManager says of an application. */
    JsonNode application(final String id) {
        return new JsonHttp("resourcemanager", url(CONTROLLER, 8088), Credentials.NONE).get("/ws/v1/cluster/apps/" + id).path("app");
    }

    /** What the job history server says; the path goes on behind {@code /ws/v1/history}. */
    JsonNode history(final String path) {
        return new JsonHttp("historyserver", url(CONTROLLER, 19888), Credentials.NONE).get("/ws/v1/history" + path);
    }

    private Optional<String> yarnProblem() {
        try {
            final int nodes = new JsonHttp("resourcemanager", url(CONTROLLER, 8088), Credentials.NONE).get("/ws/v1/cluster/metrics")
                .path("clusterMetrics").path("activeNodes").asInt();
            return nodes == imageFolders.size() ? Optional.empty() : Optional.of("active nodes=" + nodes);
        } catch (final ApiException e) {
            return Optional.of(e.getMessage());
        }
    }

    private URI url(final int host, final int port) {
        return URI.create("http://" + network.address(host) + ":" + port);
    }

    /** All at once, the composers last: what reads from them goes before. */
    @Override
    public void close() {
        processes.values().parallelStream().filter(process -> !process.name().startsWith("composer")).forEach(SupervisedProcess::stop);
        processes.values().parallelStream().forEach(SupervisedProcess::stop);
        network.close();
    }

    /** The last words of every process, for a failed test. */
    String logs() throws IOException {
        final StringBuilder all = new StringBuilder();
        for (final SupervisedProcess process : processes.values()) {
            final List<String> lines = Files.readAllLines(process.logFile());
            all.append("---- ").append(process.name()).append('\n')
                .append(String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()))).append('\n');
        }
        return all.toString();
    }
}
