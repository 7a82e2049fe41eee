package io.livemr.composer;

import io.livemr.composer.file.ComposedFiles;
import io.livemr.composer.file.ComposedFiles.ComposeLimits;
import io.livemr.composer.file.FileStore;
import io.livemr.composer.fsmap.KernelFiles;
import io.livemr.composer.fuse.FuseMount;
import io.livemr.composer.image.GuardedReader;
import io.livemr.composer.metrics.ComposerMetrics;
import io.livemr.composer.metrics.FuseMeters;
import io.livemr.composer.rest.ApiToken;
import io.livemr.composer.rest.RestServer;
import io.livemr.composer.session.Hearing;
import io.livemr.composer.session.VmLinks;
import io.livemr.composer.vm.ServedVms;
import io.livemr.composer.vm.VmWatch;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of one composer, started in an order in which each finds what it needs and stopped in the reverse. */
public final class Composer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Composer.class);
    private static final long TICK_MILLIS = 200;
    private static final long SLOW_TICK_MILLIS = 3_000;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final ComposerSettings settings;
    private Hearing hearing;
    private ComposedFiles files;
    private volatile RestServer rest;
    private FuseMount mount;
    private KernelFiles kernelFiles;

    private Composer(final ComposerSettings settings) {
        this.settings = settings;
    }

    /** @throws IOException if it cannot start; nothing is left running then. */
    public static Composer start(final ComposerSettings settings) throws IOException {
        final Composer composer = new Composer(settings);
        try {
            composer.startParts();
            return composer;
        } catch (final IOException | RuntimeException e) {
            composer.close();
            throw e;
        }
    }

    private void startParts() throws IOException {
        stopLater(StateLock.take(settings.state()));
        final ApiToken token = ApiToken.loadOrCreate(settings.state());
        final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        stopLater(prometheus::close);
        final ComposerMetrics metrics = new ComposerMetrics(prometheus);
        hearing = new Hearing(settings.libvirtAbsenceMillis(), System::nanoTime);
        files = new ComposedFiles(new FileStore(settings.state()), new GuardedReader(settings.guard(), metrics), metrics, hearing,
                new ComposeLimits(settings.fileLimit(), settings.session().openRequests()));
        final VmLinks vms = stopLater(new VmLinks(settings.session(), settings.imageRoots(), files, metrics, hearing));
        files.load(vms);
        final VmWatch watch = stopLater(new VmWatch(
                settings.libvirtUri(), new ServedVms(settings.imageRoots(), vms), settings.rescanPeriod()));
        metrics.onImageNotWritten(watch::rescanSoon);
        mountFiles(metrics);
        showInKernel(metrics);
        startTicks();
        watch.start();
        rest = stopLater(RestServer.start(settings.listen(),
                new RestServer.Parts(files, vms, token, this::troubles, settings.mount(), kernelFiles, metrics, prometheus)));
        writeUrl();
    }

    private void mountFiles(final ComposerMetrics metrics) throws IOException {
        if (settings.mount() != null) {
            mount = stopLater(FuseMount.mount(settings.mount(), files, settings.fuse(), new FuseMeters(metrics.registry())));
        }
    }

    private void showInKernel(final ComposerMetrics metrics) throws IOException {
        if (settings.fsmap() != null) {
            kernelFiles = stopLater(KernelFiles.open(settings.fsmap(), settings.fuse().readerGid(), files::views));
            metrics.gauge("livemr.kernel.files", kernelFiles::shownCount);
            metrics.gauge("livemr.kernel.files.waiting", kernelFiles::waitingCount);
            files.listen(kernelFiles);
        }
    }

    private void startTicks() {
        final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(work -> {
            final Thread thread = new Thread(work, "file-ticks");
            thread.setDaemon(true);
            return thread;
        });
        stopLater(ticks::shutdownNow);
        ticks.scheduleWithFixedDelay(logged(files::tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        if (kernelFiles != null) {
            ticks.scheduleWithFixedDelay(logged(kernelFiles::tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        ticks.scheduleWithFixedDelay(logged(this::restTick), SLOW_TICK_MILLIS, SLOW_TICK_MILLIS, TimeUnit.MILLISECONDS);
        ticks.scheduleWithFixedDelay(logged(files::slowTick), SLOW_TICK_MILLIS, SLOW_TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void restTick() {
        if (rest != null) {
            rest.slowTick();
        }
    }

    /** A scheduler drops a task that throws, and says nothing. */
    private static Runnable logged(final Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (final RuntimeException e) {
                LOG.error("tick failed", e);
            }
        };
    }

    private void writeUrl() throws IOException {
        final Path unfinished = settings.state().resolve("url.tmp");
        Files.writeString(unfinished, url() + "\n");
        Files.move(unfinished, settings.state().resolve("url"), StandardCopyOption.ATOMIC_MOVE);
        stopLater(() -> Files.deleteIfExists(settings.state().resolve("url")));
        LOG.info("serving url={} mount={}", url(), settings.mount());
    }

    public String url() {
        return rest.url();
    }

    private Map<String, String> troubles() {
        final Map<String, String> troubles = new LinkedHashMap<>();
        if (!hearing.isListening()) {
            troubles.put("libvirt", "not connected to " + settings.libvirtUri() + "; is libvirtd running?");
        }
        if (mount != null && !isMounted()) {
            troubles.put("mount", "nothing is mounted at " + settings.mount() + "; restart the composer");
        }
        return troubles;
    }

    private boolean isMounted() {
        try {
            return Files.getFileStore(settings.mount()).type().startsWith("fuse");
        } catch (final IOException e) {
            return false;
        }
    }

    private <T extends AutoCloseable> T stopLater(final T part) {
        started.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (final Exception e) {
                LOG.warn("stopping: {}", e.toString());
            }
        }
    }
}
