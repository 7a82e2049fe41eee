package io.livemr.launcher.stack;

import io.livemr.launcher.client.ComposerClient;
import io.livemr.launcher.client.PanelClient;
import io.livemr.launcher.client.WebHdfsClient;
import io.livemr.launcher.process.HealthCheck;
import io.livemr.launcher.process.ServiceSpec;
import java.nio.file.Path;
import java.util.List;

/** The command line and the health check of each process of the stack. */
final class Services {
    private static final String NAMENODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";
    private static final String DATANODE = "org.apache.hadoop.hdfs.server.datanode.DataNode";

    private final Installation installation;
    private final Layout layout;
    private final Ports ports;
    private final StackSpec spec;

    Services(final Installation installation, final Layout layout, final Ports ports, final StackSpec spec) {
        this.installation = installation;
        this.layout = layout;
        this.ports = ports;
        this.spec = spec;
    }

    ServiceSpec composer(final ComposerClient client) {
        final List<String> command = installation.javaCommand(384, installation.classpath("host-composer"),
            "io.livemr.composer.Main", "--state", layout.composer().toString(), "--mount", layout.mount().toString(),
            "--listen", ports.address("composer"), "--libvirt", spec.libvirtUri());
        for (final Path folder : spec.imageFolders()) {
            command.addAll(List.of("--images", folder.toString()));
        }
        command.addAll(spec.composerArgs());
        return service("composer", command, client::problem);
    }

    List<String> formatCommand() {
        return hadoop(256, NAMENODE, "-format", "-nonInteractive", "-force");
    }

    ServiceSpec nameNode(final WebHdfsClient client) {
        return service("namenode", hadoop(384, NAMENODE), () -> client.problem(0));
    }

    ServiceSpec dataNode(final WebHdfsClient client) {
        return service("datanode", hadoop(384, DATANODE), () -> client.problem(1));
    }

    /** Some of Hadoop's old libraries reach into java.base. */
    private List<String> hadoop(final int heapMebibytes, final String... mainAndArguments) {
        final List<String> command =
            installation.javaCommand(heapMebibytes, installation.hadoopClasspath(layout.conf()), mainAndArguments);
        command.add(1, "--add-opens=java.base/java.lang=ALL-UNNAMED");
        return command;
    }

    ServiceSpec panel(final PanelClient client) {
        final List<String> command = installation.javaCommand(320, installation.classpath("control-panel"),
            "io.livemr.control.ControlPanel",
            "--livemr.state=" + layout.panel(), "--server.address=127.0.0.1", "--server.port=" + ports.of("panel"),
            "--livemr.hadoop.conf-dir=" + layout.conf(),
            "--livemr.hadoop.classpath=" + installation.hadoopLibraries(),
            "--livemr.engine.class-archive=" + installation.classArchive(),
            "--livemr.composers[0].url=" + ports.url("composer"),
            "--livemr.composers[0].token-file=" + layout.composerToken());
        command.add(1, "-XX:TieredStopAtLevel=1");
        return service("panel", command, client::problem);
    }

    private ServiceSpec service(final String name, final List<String> command, final HealthCheck health) {
        return new ServiceSpec(name, command, spec.environment(), layout.log(name), health);
    }
}
