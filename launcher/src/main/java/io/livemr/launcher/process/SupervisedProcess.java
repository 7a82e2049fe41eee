package io.livemr.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One child process that is started again whenever it dies, until it is stopped.
 *
 * <p>A keeper thread starts it and waits for it; see {@link Tether} for why it must be one and the same thread. All
 * methods may be called from any thread.
 */
public final class SupervisedProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedProcess.class);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final int EARLY_DEATHS = 3;
    private static final long LOG_LIMIT_BYTES = 64L << 20;

    private final ServiceSpec spec;
    private final PidFile pidFile;
    private final AtomicInteger restarts = new AtomicInteger();
    private final AtomicInteger earlyDeaths = new AtomicInteger();
    private Thread keeper;
    private Process process;
    private ProcessIdentity identity;
    private boolean stopping;

    public SupervisedProcess(final ServiceSpec spec, final Path pidFolder) {
        this.spec = spec;
        this.pidFile = new PidFile(pidFolder.resolve(spec.name() + ".pid"));
    }

    /** Starts it, after ending one that a killed launcher left behind. Does not wait until it serves. */
    public synchronized SupervisedProcess start() {
        if (keeper != null) {
            throw new IllegalStateException("name=" + spec.name() + " is started already");
        }
        try {
            pidFile.killLeftover();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        stopping = false;
        earlyDeaths.set(0);
        keeper = new Thread(this::keep, "keeper-" + spec.name());
        keeper.setDaemon(true);
        keeper.start();
        return this;
    }

    private void keep() {
        final Backoff backoff = new Backoff();
        while (true) {
            final long beganNanos = System.nanoTime();
            final Process child = launch();
            if (child == null) {
                return;
            }
            final int code = waitFor(child);
            final Duration wait = backoff.after(Duration.ofNanos(System.nanoTime() - beganNanos));
            if (pauseUnlessStopping(wait, code)) {
                return;
            }
            restarts.incrementAndGet();
        }
    }

    private synchronized Process launch() {
        if (stopping) {
            return null;
        }
        try {
            rotateLog();
            final ProcessBuilder builder = new ProcessBuilder(Tether.tied(spec.command()))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.logFile().toFile()));
            builder.environment().putAll(spec.environment());
            process = builder.start();
            identity = ProcessIdentity.of(process.pid()).orElse(new ProcessIdentity(process.pid(), 0, "gone"));
            pidFile.write(identity);
            return process;
        } catch (final IOException e) {
            throw new UncheckedIOException("name=" + spec.name() + " cannot be started", e);
        }
    }

    private void rotateLog() throws IOException {
        final Path log = spec.logFile();
        Files.createDirectories(log.getParent());
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static int waitFor(final Process child) {
        while (true) {
            try {
                return child.waitFor();
            } catch (final InterruptedException e) {
                // The keeper may not leave its child; only stop() ends it.
                LOG.debug("interrupted while waiting", e);
            }
        }
    }

    /** True if there is to be no next start. */
    private synchronized boolean pauseUnlessStopping(final Duration wait, final int code) {
        if (!stopping) {
            earlyDeaths.incrementAndGet();
            LOG.info("name={} ended exit={} startAgainInMillis={}", spec.name(), code, wait.toMillis());
        }
        final long end = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos(); !stopping && left > 0; left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (final InterruptedException e) {
                LOG.debug("interrupted while waiting", e);
            }
        }
        return stopping;
    }

    /** Waits until the process serves. A process that dies thrice before that is given up. */
    public void awaitHealthy(final Duration limit) {
        final String[] problem = {"not asked yet"};
        final boolean healthy = Poll.until(limit, STEP, () -> {
            if (earlyDeaths.get() >= EARLY_DEATHS) {
                throw failure("died " + EARLY_DEATHS + " times at its start");
            }
            final Optional<String> found = isAlive() ? spec.health().problem() : Optional.of("it is not running");
            problem[0] = found.orElse("");
            return found.isEmpty();
        });
        if (!healthy) {
            throw failure("does not serve after " + limit.toSeconds() + " s: " + problem[0]);
        }
        earlyDeaths.set(0);
    }

    private StartFailedException failure(final String what) {
        return new StartFailedException(spec.name() + " " + what + "; its log is " + spec.logFile() + ", the end of it:\n"
            + LogTail.of(spec.logFile(), 25));
    }

    /** What a crash does. The keeper starts the process again. */
    public synchronized void killForcibly() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Ends the process and everything it started: asks first, and forces what is left after ten seconds. */
    public void stop() {
        final Thread waiting = askToStop();
        if (waiting == null) {
            return;
        }
        joinFully(waiting);
        synchronized (this) {
            keeper = null;
            forgetPid();
        }
    }

    private synchronized Thread askToStop() {
        stopping = true;
        notifyAll();
        if (process != null) {
            endChild();
        }
        return keeper;
    }

    private void endChild() {
        process.destroy();
        if (!Poll.until(GRACE, STEP, () -> !process.isAlive())) {
            LOG.warn("name={} ignores SIGTERM for {} s and is killed", spec.name(), GRACE.toSeconds());
        }
        PidFile.killSession(identity);
    }

    private static void joinFully(final Thread thread) {
        try {
            thread.join(GRACE.toMillis());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forgetPid() {
        try {
            pidFile.delete();
        } catch (final IOException e) {
            LOG.warn("name={} pid file stays: {}", spec.name(), e.getMessage());
        }
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** The process number of the current run. */
    public synchronized long pid() {
        if (process == null) {
            throw new IllegalStateException("name=" + spec.name() + " was not started");
        }
        return process.pid();
    }

    /** How often it died and was started again. */
    public int restarts() {
        return restarts.get();
    }

    public String name() {
        return spec.name();
    }

    public Path logFile() {
        return spec.logFile();
    }

    @Override
    public void close() {
        stop();
    }
}
