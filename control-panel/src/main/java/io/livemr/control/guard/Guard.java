package io.livemr.control.guard;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one command and outlives the panel: {@code Guard STEP_FOLDER LOG_LIMIT_BYTES TIME_LIMIT_MILLIS COMMAND…}.
 *
 * <p>Started as leader of a session of its own. When the command has ended, whatever it left running in the session is killed; then its
 * exit code is in the {@link StepFolder}, and the guard goes. Exit code 3: another guard has this step.
 */
public final class Guard {

    private static final int TAKEN = 3;
    private static final int NOT_FOUND = 127;
    private static final long DRAIN_MILLIS = 2_000;
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final StepFolder step;
    private final BoundedLog log;
    private final Duration limit;

    private Guard(final StepFolder step, final BoundedLog log, final Duration limit) {
        this.step = step;
        this.log = log;
        this.limit = limit;
    }

    public static void main(final String[] args) throws IOException, InterruptedException {
        final StepFolder step = new StepFolder(Path.of(args[0]));
        final ProcessIdentity self = ProcessIdentity.ofThisProcess();
        if (!step.claim(self)) {
            System.exit(TAKEN);
        }
        try (BoundedLog log = new BoundedLog(step.log(), Long.parseLong(args[1]))) {
            final Duration limit = Duration.ofMillis(Long.parseLong(args[2]));
            final Exit exit = new Guard(step, log, limit).run(Arrays.asList(args).subList(3, args.length));
            killTheRest(self);
            step.leave(exit);
        }
        // A daemon of the command may still hold its output; the copying thread does not keep the guard alive.
        Runtime.getRuntime().halt(0);
    }

    private Exit run(final List<String> command) throws IOException, InterruptedException {
        final Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (final IOException e) {
            log.line("[livemr: cannot start: " + e.getMessage() + "]");
            return new Exit(NOT_FOUND, Exit.How.NOT_STARTED);
        }
        process.getOutputStream().close();
        final Thread copying = copyOutputOf(process);
        final Exit exit = await(process);
        copying.join(DRAIN_MILLIS);
        return exit;
    }

    private Exit await(final Process process) throws IOException, InterruptedException {
        if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return new Exit(process.exitValue(), Exit.How.EXITED);
        }
        log.line("[livemr: killed, timeLimit=" + limit + "]");
        return new Exit(kill(process), Exit.How.TIME_LIMIT);
    }

    /** Politely first: the command may stand for something elsewhere that it has to end. */
    private static int kill(final Process process) throws InterruptedException {
        final List<ProcessHandle> started = process.descendants().toList();
        process.destroy();
        process.waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        started.forEach(ProcessHandle::destroyForcibly);
        return process.destroyForcibly().waitFor();
    }

    private Thread copyOutputOf(final Process process) {
        final Thread thread = new Thread(() -> {
            try {
                log.copy(process.getInputStream());
            } catch (final IOException e) {
                System.err.println("step=" + step.path() + " log ends early: " + e.getMessage());
            }
        }, "output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Before the exit is told: who reads that a step has ended may use what its commands held. */
    private static void killTheRest(final ProcessIdentity self) {
        if (self.leadsItsGroup()) {
            new ProcessGroup(self.pid()).killAllBut(self, KILL_LIMIT);
        }
    }
}
