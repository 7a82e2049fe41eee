package io.livemr.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.lab.Lab;
import io.livemr.lab.LabMode;
import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import io.livemr.lab.ssh.GuestCommand;
import io.livemr.launcher.client.ComposerClient.Source;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.stack.HdfsShell;
import io.livemr.launcher.stack.Stack;
import io.livemr.launcher.stack.StackSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * One host with real VMs on it: the lab below, composer, HDFS and perhaps the panel above, and what the people around it do.
 * {@code ana} asks, {@code alice} owns, {@code bob} may write.
 */
public final class Site implements AutoCloseable {
    public static final String REQUESTER = "ana";
    public static final String OWNER = "alice";
    public static final Duration LIMIT = Duration.ofMinutes(4);

    /** How maps leave the guests: {@code -Dmode=hypervisor} runs the same tests on a patched QEMU. */
    static final LabMode MODE = LabMode.valueOf(System.getProperty("mode", "stock").toUpperCase(Locale.ROOT));

    private final Path folder;
    private final Lab lab;
    private final Stack stack;

    private Site(final Path folder, final Lab lab, final Stack stack) {
        this.folder = folder;
        this.lab = lab;
        this.stack = stack;
    }

    public static Site up(final LabSpec spec) {
        return up(spec, StackSpec::withoutPanel);
    }

    public static Site up(final LabSpec spec, final UnaryOperator<StackSpec> options) {
        final Path folder = newFolder();
        final Lab lab = Lab.up(spec.mode(MODE).name(nameFrom(folder)).state(folder.resolve("lab")));
        try {
            final StackSpec stack = StackSpec.in(folder.resolve("host")).withImages(List.of(lab.stateFolder()));
            return new Site(folder, lab, Stack.start(options.apply(stack)));
        } catch (final RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(Path.of("/var/tmp"), "livemr-site");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameFrom(final Path folder) {
        return "it" + folder.getFileName().toString().replaceAll("[^0-9]", "").substring(0, 8);
    }

    public Stack stack() {
        return stack;
    }

    public LabVm vm(final String name) {
        return lab.vm(name);
    }

    Lab lab() {
        return lab;
    }

    /** Asks for one file and leaves the question open, which the agent has put to the owner. */
    String ask(final LabVm vm, final String path) {
        final String name = stack.composer().compose(REQUESTER, List.of(new Source(vm.domain(), path))).path("name").asText();
        awaitState(name, "AWAITING_CONSENT");
        await("owner asked for " + name).atMost(LIMIT).until(() -> file(name).at("/sources/0/owner").isTextual());
        return name;
    }

    /** Asks for one file, has its owner say yes, and waits until it can be read. */
    public Path compose(final LabVm vm, final String path) {
        final String name = ask(vm, path);
        answerAs(OWNER, vm, path, "--yes");
        awaitState(name, "LIVE");
        return pathOf(name);
    }

    /** The VM's administrator lets {@code ana} read everything below {@code /data}: nobody is asked from now on. */
    static void allowByPolicy(final LabVm vm) {
        allowByPolicy(vm, REQUESTER);
    }

    public static void allowByPolicy(final LabVm vm, final String requester) {
        vm.run(GuestCommand.of("mkdir -p /etc/livemr; cat > /etc/livemr/policy.json; chmod 644 /etc/livemr/policy.json")
            .stdin("{\"allow\":[{\"requester\":\"" + requester + "\",\"paths\":[\"/data/**\"]}]}")).orThrow();
    }

    /** Asks for a file that the policy allows, and waits until it can be read. */
    Path composeAllowed(final LabVm vm, final String path) {
        final String name = stack.composer().compose(REQUESTER, List.of(new Source(vm.domain(), path))).path("name").asText();
        awaitState(name, "LIVE");
        return pathOf(name);
    }

    void answerAs(final String user, final LabVm vm, final String path, final String answer) {
        vm.execAs(user, "livemr-grant", path, answer).orThrow();
    }

    public JsonNode file(final String name) {
        return stack.composer().file(name);
    }

    public Path pathOf(final String name) {
        return Path.of(file(name).path("path").asText());
    }

    JsonNode awaitState(final String name, final String state) {
        return await("state=" + state + " of " + name).atMost(LIMIT).pollInterval(Duration.ofMillis(50))
            .ignoreExceptions()
            .until(() -> file(name), file -> file.path("state").asText().equals(state));
    }

    /** One HDFS file over one VM file, through Hadoop's own shell. */
    public void composeIntoHdfs(final LabVm vm, final String path, final String hdfsPath) {
        final String sources = JsonHttp.JSON.createObjectNode().put(vm.domain(), path).toString();
        final HdfsShell.Result result = stack.shell().run("-composeFromLocal", "-requester", REQUESTER, sources, hdfsPath);
        assertThat(result).matches(done -> done.exitCode() == 0);
    }

    @Override
    public void close() {
        try {
            stack.close();
        } finally {
            lab.close();
        }
        Trees.delete(folder);
    }
}
