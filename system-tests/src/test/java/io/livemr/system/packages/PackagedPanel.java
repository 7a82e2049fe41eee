package io.livemr.system.packages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.lab.host.HostCommand;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.client.PanelClient;
import io.livemr.launcher.stack.Installation;
import io.livemr.launcher.stack.Stack;
import io.livemr.launcher.stack.StackSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;

/** The panel of the package, in a container, on the Hadoop and the composer of a stack beside it. Its drivers run as the package has it. */
public final class PackagedPanel implements AutoCloseable {
    private static final String ARCHIVES = "/var/cache/livemr/panel/";
    /** Of the driver, which is the shell's parent. */
    public static final String STARTS_FROM_ARCHIVE = "grep --quiet " + ARCHIVES + " /proc/$PPID/maps";
    private static final String USER = "livemr-panel";
    private static final String FOLDER = "/packaged";

    private final Container container;

    private PackagedPanel(final Container container) {
        this.container = container;
    }

    /** What docs/operations.md has an operator say to Hadoop. */
    public static StackSpec mayCompose(final StackSpec spec) {
        return spec.withHadoop("livemr.link.users", USER).withHadoop("hadoop.user.group.static.mapping.overrides", USER + "=supergroup;dr.who=;");
    }

    public static PackagedPanel start(final Stack stack) throws IOException {
        final Path home = Installation.find().home();
        stack.shell().run("-mkdir", "-p", FOLDER);
        stack.shell().run("-chown", USER, FOLDER);
        final PackagedPanel panel = new PackagedPanel(Container.boot("--bind-ro=" + home.resolve("hdfs-bridge/hadoop-runtime/target/lib") + ":/opt/hadoop",
            "--bind-ro=" + stack.hadoopConf() + ":/etc/hadoop/conf"));
        HostCommand.of(home.resolve("scripts/package.sh").toString(), panel.container.path("packages").toString()).run();
        panel.container.run("dpkg --install /packages/livemr-panel*.deb /packages/livemr-datanode*.deb");
        panel.container.write("etc/livemr/panel.env", environment(stack.describe().composerUrl()));
        Files.copy(stack.layout().composerToken(), panel.container.path("etc/livemr/node1.token"));
        panel.container.run("chown " + USER + " /etc/livemr/node1.token; systemctl start livemr-panel");
        panel.client();
        return panel;
    }

    private static String environment(final String composerUrl) {
        return "SERVER_PORT=0\nLIVEMR_HADOOP_CLASSPATH=/opt/hadoop/*:/usr/share/livemr/hadoop/*\nLIVEMR_HADOOP_FOLDER=" + FOLDER
            + "\nLIVEMR_COMPOSERS_0_URL=" + composerUrl + "\nLIVEMR_COMPOSERS_0_TOKENFILE=/etc/livemr/node1.token\n";
    }

    public Container container() {
        return container;
    }

    /** Asks where it serves each time: a new start has a new port. */
    public PanelClient client() {
        final Path state = container.path("var/lib/livemr/panel");
        return Awaitility.await("panel of the package").atMost(Container.LIMIT).ignoreExceptions().until(
            () -> new PanelClient(URI.create(Files.readString(state.resolve("url")).strip()), state), client -> client.problem().isEmpty());
    }

    /** Whether it is made, and who is not the panel may read it. */
    public boolean hasArchive() {
        return container.tryRun("stat --format=%a " + ARCHIVES + "*.jsa").output().equals("444\n");
    }

    /** Shell commands. */
    public List<String> whatAJobMustNotDo() {
        final String state = "/var/lib/livemr/panel";
        final String pid = container.run("systemctl show --property=MainPID --value livemr-panel").strip();
        return List.of("cat " + state + "/token", "head --bytes=1 " + state + "/db/panel.mv.db", "ls " + state + "/jobs", "cat /etc/livemr/panel.yaml",
            "kill -0 " + pid, "ls /proc/" + pid, "curl --unix-socket /run/livemr-driver.sock http://driver || test $? -ne 7");
    }

    /** A job that tries commands before it counts the words of a file. */
    public String submit(final String requester, final String vm, final String path, final List<String> commands) {
        final ObjectNode job = JsonHttp.JSON.createObjectNode().put("mainClass", PryingJob.class.getName()).put("requester", requester);
        final ArrayNode args = job.putArray("args").add("{input}").add("{output}");
        commands.forEach(args::add);
        job.putArray("inputs").addObject().put("vm", vm).put("path", path);
        return client().submit(new PanelClient.JobText("application/json", job.toString()), PryingJob.jar()).path("id").asText();
    }

    @Override
    public void close() {
        container.close();
    }
}
