package io.livemr.composer.vm;

import io.livemr.composer.vm.VmDescription.State;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.libvirt.Domain;
import org.libvirt.DomainInfo.DomainState;
import org.libvirt.LibvirtException;
import org.libvirt.event.DomainEventType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the domains of one libvirt: by its events, and by a rescan at a slow pace for what has no event (a disk-only
 * snapshot changes the definition and says nothing). A lost libvirt is tried again with growing pauses; what could have
 * happened meanwhile is unknown, so every domain counts as changed when it is back (docs/decisions/0002).
 *
 * <p>One thread talks to libvirt and to the observer. Events only mark the domain as suspect and queue the work.
 */
public final class VmWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VmWatch.class);
    private static final int CLOSE_SECONDS = 5;
    private static final Set<DomainEventType> DEFINITION_ONLY = Set.of(DomainEventType.DEFINED, DomainEventType.UNDEFINED);

    private final String uri;
    private final VmObserver observer;
    private final Duration rescanPeriod;
    private final ScheduledExecutorService thread;
    private final AtomicBoolean rescanQueued = new AtomicBoolean();
    private final Map<UUID, VmDescription> known = new HashMap<>();
    private final Set<UUID> suspects = new HashSet<>();
    private LibvirtConnection connection;
    private boolean everConnected;
    private long failures;

    public VmWatch(final String uri, final VmObserver observer, final Duration rescanPeriod) {
        this.uri = uri;
        this.observer = observer;
        this.rescanPeriod = rescanPeriod;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            final Thread worker = new Thread(work, "vm-watch");
            worker.setDaemon(true);
            return worker;
        });
    }

    public void start() {
        thread.execute(this::tick);
    }

    /** Looks again soon: a reader found that an image is no longer the one QEMU writes to. Never blocks, many calls are one. */
    public void rescanSoon() {
        if (rescanQueued.compareAndSet(false, true)) {
            execute(() -> {
                rescanQueued.set(false);
                rescanIfConnected();
            });
        }
    }

    private void tick() {
        long pauseMillis = rescanPeriod.toMillis();
        try {
            if (connection == null) {
                connect();
            }
            rescan("rescan");
            failures = 0;
        } catch (final LibvirtException | RuntimeException | UnsatisfiedLinkError e) {
            lost(e.getMessage());
            pauseMillis = Math.min(10_000, 200L << Math.min(failures++, 6));
        }
        schedule(pauseMillis);
    }

    private void rescanIfConnected() {
        try {
            if (connection != null) {
                rescan("rescan");
            }
        } catch (final LibvirtException | RuntimeException e) {
            lost(e.getMessage());
        }
    }

    private void connect() throws LibvirtException {
        connection = LibvirtConnection.open(uri, new Events());
        LOG.info("libvirt connected uri={}", uri);
        if (everConnected) {
            // Events were missed, and nobody can say which.
            suspects.addAll(known.keySet());
            rescan("libvirt_back");
        }
        everConnected = true;
    }

    private void lost(final String why) {
        if (connection != null || failures == 0) {
            LOG.warn("libvirt lost uri={} why={}; trying again", uri, why);
        }
        observer.listening(false);
        closeConnection();
    }

    private void closeConnection() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private void rescan(final String reason) throws LibvirtException {
        if (!connection.isAlive()) {
            throw new IllegalStateException("connection is dead");
        }
        final Set<UUID> gone = new HashSet<>(known.keySet());
        for (final Domain domain : connection.domains()) {
            gone.remove(LibvirtConnection.uuid(domain));
            look(domain, reason);
        }
        gone.forEach(this::forget);
        observer.listening(true);
    }

    private void forget(final UUID uuid) {
        known.remove(uuid);
        suspects.remove(uuid);
        observer.undefined(uuid);
    }

    /** Reads one domain, and tells the observer if it is not what it was, or if it is suspect. */
    private void look(final Domain domain, final String reason) throws LibvirtException {
        try {
            final VmDescription now = DomainXmlReader.read(domain.getXMLDesc(0), state(domain));
            hearBlockJobs(domain, now);
            final VmDescription before = known.put(now.uuid(), now);
            if (suspects.remove(now.uuid()) || !now.equals(before)) {
                observer.changed(now, before == null ? "discovered" : reason);
            }
        } catch (final IOException e) {
            LOG.warn("domain {} is left out: {}", domain.getName(), e.getMessage());
        } catch (final LibvirtException e) {
            // It went away between the list and the look; the next rescan will say so.
            if (!connection.isAlive()) {
                throw e;
            }
        }
    }

    private void hearBlockJobs(final Domain domain, final VmDescription vm) {
        if (vm.active()) {
            connection.hearBlockJobs(domain, vm.uuid());
        }
    }

    private static State state(final Domain domain) throws LibvirtException {
        final DomainState state = domain.getInfo().state;
        return switch (state) {
            case VIR_DOMAIN_RUNNING, VIR_DOMAIN_BLOCKED, VIR_DOMAIN_SHUTDOWN -> State.RUNNING;
            case VIR_DOMAIN_PAUSED, VIR_DOMAIN_PMSUSPENDED -> State.PAUSED;
            default -> State.SHUT_OFF;
        };
    }

    private final class Events implements LibvirtConnection.Listener {

        @Override
        public void lifecycle(final UUID domain, final DomainEventType type) {
            if (DEFINITION_ONLY.contains(type)) {
                rescanSoon();
            } else {
                suspect(domain, type.name().toLowerCase(Locale.ROOT));
            }
        }

        @Override
        public void blockJob(final UUID domain) {
            suspect(domain, "block_job");
        }
    }

    private void suspect(final UUID uuid, final String reason) {
        observer.layoutSuspect(uuid, reason);
        execute(() -> lookAgain(uuid, reason));
    }

    private void lookAgain(final UUID uuid, final String reason) {
        // Stays a suspect until a look succeeds, whichever that is.
        suspects.add(uuid);
        if (connection == null) {
            return;
        }
        try {
            look(connection.domain(uuid), reason);
        } catch (final LibvirtException e) {
            rescanIfConnected();
        }
    }

    private void execute(final Runnable work) {
        try {
            thread.execute(work);
        } catch (final RejectedExecutionException e) {
            LOG.debug("closing");
        }
    }

    private void schedule(final long pauseMillis) {
        try {
            thread.schedule(this::tick, pauseMillis, TimeUnit.MILLISECONDS);
        } catch (final RejectedExecutionException e) {
            LOG.debug("closing");
        }
    }

    @Override
    public void close() {
        execute(this::closeConnection);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("libvirt did not let go within {} s", CLOSE_SECONDS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
