package io.livemr.system.packages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.livemr.lab.host.FileTree;
import io.livemr.lab.host.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A booted systemd-nspawn container whose root is this machine's with a layer in memory above it: what is installed and written there is
 * gone afterwards.
 */
public final class Container implements AutoCloseable {
    public static final Duration LIMIT = Duration.ofMinutes(2);

    private static final int STOP_SECONDS = 20;

    private final Path folder;
    private final Process nspawn;
    private final Thread closeAtExit = new Thread(this::end, "stop-container");
    private final long leader;

    private Container(final Path folder, final String... options) throws IOException {
        this.folder = folder;
        mountLayers();
        Runtime.getRuntime().addShutdownHook(closeAtExit);
        final List<String> command = new ArrayList<>(List.of("systemd-nspawn", "--quiet", "--directory=" + path(""), "--register=no",
            "--keep-unit", "--bind=/dev/fuse", "--machine=" + folder.getFileName()));
        command.addAll(List.of(options));
        command.addAll(List.of("--boot", "systemd.unit=basic.target"));
        this.nspawn = new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile()).redirectErrorStream(true)
            .redirectOutput(folder.resolve("console.log").toFile()).start();
        this.leader = awaitLeader();
    }

    private void mountLayers() throws IOException {
        HostCommand.of("mount", "-t", "tmpfs", "livemr-container", folder.toString()).run();
        for (final String name : List.of("upper", "work", "root")) {
            Files.createDirectory(folder.resolve(name));
        }
        HostCommand.of("mount", "-t", "overlay", "livemr-container", "-o", "lowerdir=/,upperdir=" + folder.resolve("upper") + ",workdir="
            + folder.resolve("work"), path("").toString()).run();
    }

    /** @param options of systemd-nspawn, on its network and on what else of this machine is seen inside. */
    public static Container boot(final String... options) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-nspawn")), "skipped: no systemd-nspawn; scripts/install-debian-packages.sh --tests");
        final Container container = new Container(Files.createTempDirectory(Path.of("/run"), "livemr-"), options);
        Awaitility.await("boot").atMost(LIMIT).pollInterval(Duration.ofMillis(100))
            .until(() -> container.tryRun("systemctl is-system-running").output().matches("(?s)(running|degraded)\\n"));
        // Machines that build often forbid packages to start and stop services.
        container.run("rm --force /usr/sbin/policy-rc.d");
        return container;
    }

    private long awaitLeader() {
        return Awaitility.await("container").atMost(LIMIT).until(() -> nspawn.children()
            .filter(process -> process.info().command().orElse("").endsWith("/systemd")).findFirst().map(ProcessHandle::pid).orElse(0L), pid -> pid > 0);
    }

    /** A file of the container as this machine sees it. */
    public Path path(final String relative) {
        return folder.resolve("root").resolve(relative);
    }

    public void write(final String relative, final String content) throws IOException {
        Files.createDirectories(path(relative).getParent());
        Files.writeString(path(relative), content);
    }

    /** Runs a shell command inside, as root, and outside of every service. */
    public String run(final String command) {
        return HostCommand.of(inside(command)).run();
    }

    public HostCommand.Outcome tryRun(final String command) {
        return HostCommand.of(inside(command)).tryRun();
    }

    private List<String> inside(final String command) {
        return List.of("nsenter", "--target", Long.toString(leader), "--all", "--", "/bin/sh", "-c", command);
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(closeAtExit);
    }

    /** nspawn shuts the container down when it is told to end; what the layer in memory holds goes with the mounts. */
    private void end() {
        nspawn.destroy();
        nspawn.onExit().completeOnTimeout(nspawn, STOP_SECONDS, TimeUnit.SECONDS).join();
        nspawn.destroyForcibly().onExit().join();
        HostCommand.of("umount", path("").toString()).tryRun();
        HostCommand.of("umount", folder.toString()).tryRun();
        FileTree.delete(folder);
    }
}
