package io.livemr.control.engine;

import io.livemr.control.guard.Exit;
import io.livemr.control.guard.Guard;
import io.livemr.control.guard.ProcessIdentity;
import io.livemr.control.guard.StepFolder;
import io.livemr.control.settings.EngineSettings;
import io.livemr.control.settings.PanelSettings;
import io.livemr.failpoint.FailPoint;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Starts commands under a {@link Guard}, in a session of their own, and knows how each stands, also those that an earlier panel started.
 * A step is named by its folder and runs at most once until it is forgotten. Safe for many threads.
 */
@Component
public class StepProcesses {

    private final EngineSettings settings;
    private final String java;
    private final Map<Path, Process> started = new ConcurrentHashMap<>();
    private final Set<Path> watched = ConcurrentHashMap.newKeySet();

    public StepProcesses(final PanelSettings settings) {
        this.settings = settings.engine();
        this.java = settings.engine().java().isEmpty()
            ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
            : settings.engine().java();
    }

    /** How a step stands. */
    public StepStatus status(final Path folder) {
        try {
            return status(new StepFolder(folder));
        } catch (final IOException e) {
            throw new UncheckedIOException("step=" + folder + " is not readable", e);
        }
    }

    private StepStatus status(final StepFolder step) throws IOException {
        final Process ours = started.get(step.path());
        final Optional<ProcessIdentity> owner = step.owner();
        final boolean runs = ours != null && ours.isAlive() || owner.isPresent() && owner.get().isAlive();
        // Asked after the process was looked at: the file is there before the process is gone.
        final Optional<Exit> exit = step.exit();
        if (exit.isPresent()) {
            started.remove(step.path());
            watched.remove(step.path());
            return StepStatus.exited(exit.get());
        }
        return runs ? StepStatus.RUNNING : owner.isPresent() || ours != null ? StepStatus.LOST : StepStatus.NOT_STARTED;
    }

    /**
     * Starts a command; {@code whenEnded} is called from another thread.
     *
     * @param environment all that the command will see.
     */
    public void start(final Path folder, final List<String> command, final Map<String, String> environment, final Path workFolder,
                      final Duration timeLimit, final Runnable whenEnded) {
        try {
            Files.createDirectories(folder);
            FailPoint.STEP_MADE.passOrFail();
            final ProcessBuilder builder = new ProcessBuilder(Guard.of(folder, settings.logLimit().toBytes(), timeLimit, command))
                .directory(workFolder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("guard.log").toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            final Process process = builder.start();
            FailPoint.STEP_STARTED.pass();
            started.put(folder, process);
            process.onExit().thenRun(whenEnded);
        } catch (final IOException e) {
            throw new UncheckedIOException("step=" + folder + " cannot start; are bash and setsid (util-linux) installed?", e);
        }
    }

    /** Has {@code whenEnded} called when a process ends that an earlier panel started; a second call for the same step does nothing. */
    public void watch(final Path folder, final Runnable whenEnded) {
        if (started.containsKey(folder) || !watched.add(folder)) {
            return;
        }
        try {
            new StepFolder(folder).owner().flatMap(owner -> ProcessHandle.of(owner.pid()))
                .ifPresent(process -> process.onExit().thenRun(whenEnded));
        } catch (final IOException e) {
            throw new UncheckedIOException("step=" + folder + " is not readable", e);
        }
    }

    /** Makes a step that ended or was lost one that was never begun; what is left of a lost one is killed first. */
    public void forget(final Path folder) {
        try {
            if (status(folder).phase() == StepStatus.Phase.LOST) {
                kill(folder);
            }
            started.remove(folder);
            watched.remove(folder);
            new StepFolder(folder).forget();
        } catch (final IOException e) {
            throw new UncheckedIOException("step=" + folder + " cannot be begun again", e);
        }
    }

    /** Ends a step's whole session, also one whose guard is gone: politely, then not. Returns when all of it is gone. */
    public void kill(final Path folder) {
        try {
            final Process ours = started.remove(folder);
            if (ours != null && ours.isAlive()) {
                SessionKiller.kill(ours.pid(), settings.killGrace());
                // Alone when it had not yet become leader of a session.
                ours.destroyForcibly();
            }
            final Optional<ProcessIdentity> owner = new StepFolder(folder).owner();
            if (owner.isPresent() && owner.get().ownsItsGroup()) {
                SessionKiller.kill(owner.get().pid(), settings.killGrace());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("step=" + folder + " cannot be killed", e);
        }
    }

    String java() {
        return java;
    }
}
