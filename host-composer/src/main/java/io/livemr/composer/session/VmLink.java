package io.livemr.composer.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.composer.grant.GrantTable;
import io.livemr.composer.image.GuestDisk;
import io.livemr.composer.image.Lease;
import io.livemr.composer.metrics.ComposerMetrics;
import io.livemr.composer.vm.VmDescription;
import io.livemr.composer.vm.VmDisk;
import io.livemr.extent.wire.Reason;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One VM over all its sessions: its epoch, its lease, its grants and disks, and the thread that talks to its agent.
 *
 * <p>The epoch rises with each session, each change of the domain and each resync; it starts from the clock, so that it is
 * higher than any of a composer that ran before. Safe to share between threads; the lock is never held while waiting.
 */
public final class VmLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VmLink.class);
    /** 2026-01-01T00:00Z: epochs are 32 bits, and seconds from here last until 2162. */
    private static final long EPOCH_ORIGIN_SECONDS = 1_767_225_600L;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final UUID uuid;
    private final SessionSettings settings;
    private final AgentObserver observer;
    private final ComposerMetrics metrics;
    private final LongSupplier nanoClock;
    private final Lease lease;
    private final VmDisks disks;
    private final GrantTable grants;
    private final Thread thread;
    private VmDescription description;
    private long epoch = System.currentTimeMillis() / 1_000 - EPOCH_ORIGIN_SECONDS;
    private AgentSession session;
    private volatile boolean connected;
    private volatile boolean closed;

    VmLink(final VmDescription first, final LinkParts parts) {
        this.uuid = first.uuid();
        this.description = first;
        this.settings = parts.settings();
        this.observer = parts.observer();
        this.metrics = parts.metrics();
        this.nanoClock = parts.nanoClock();
        this.lease = new Lease(nanoClock, parts.blind());
        this.disks = new VmDisks(parts.disks());
        this.disks.define(first.disks());
        this.grants = new GrantTable(settings.grants(), disks, lease);
        this.thread = new Thread(this::run, "agent-" + first.name());
        this.thread.setDaemon(true);
    }

    /** What all links of a composer share. */
    record LinkParts(
            SessionSettings settings, VmDisks.Factory disks, AgentObserver observer, ComposerMetrics metrics, LongSupplier nanoClock,
            BooleanSupplier blind) {
    }

    void start() {
        thread.start();
    }

    public UUID uuid() {
        return uuid;
    }

    public synchronized VmDescription description() {
        return description;
    }

    public boolean agentConnected() {
        return connected;
    }

    public synchronized long epoch() {
        return epoch;
    }

    public Lease lease() {
        return lease;
    }

    /** Size in sectors of a disk of this VM, or −1 if its image cannot be opened. */
    public long diskSectors(final VmDisk disk) {
        try {
            return disks.open(disk.target()).sectors();
        } catch (final IOException e) {
            LOG.debug("size of {}/{}: {}", description().name(), disk.target(), e.getMessage());
            return -1;
        }
    }

    // ---- what libvirt tells

    synchronized void describe(final VmDescription now, final String reason) {
        description = now;
        nextEpoch(reason);
        disks.define(now.disks());
        if (session != null && !now.hasAgentChannel()) {
            session.end();
        } else if (session != null) {
            session.sendResync(epoch, reason);
        }
        notifyAll();
    }

    /** At once: no byte is served until the domain was looked at again. */
    synchronized void suspect(final String reason) {
        nextEpoch(reason);
    }

    private void nextEpoch(final String reason) {
        epoch++;
        grants.raiseEpoch(epoch, reason);
        metrics.epochRaised(description.name(), reason);
    }

    // ---- what the composer wants

    /** Asks now, if there is a session; a new session is told of {@link AgentObserver#sessionReady} and asks for all. */
    public synchronized void ask(final MapRequest request) {
        if (session != null) {
            final ObjectNode message = AgentMessages.message("map").put("id", request.id()).put("path", request.path())
                    .put("requester", request.requester()).put("ttlSeconds", request.ttlSeconds());
            if (request.file() != null) {
                AgentMessages.putFile(message, request.file());
            }
            session.send(message);
        }
    }

    /** Tells the agent that a requester is done with a file. Gives whether there was a session to tell. */
    public synchronized boolean release(final MapRequest request) {
        if (session == null) {
            return false;
        }
        session.send(AgentMessages.message("unmap").put("id", request.id()).put("path", request.path())
                .put("requester", request.requester()));
        return true;
    }

    // ---- what the session asks

    GrantTable grants() {
        return grants;
    }

    AgentObserver observer() {
        return observer;
    }

    String name() {
        return description().name();
    }

    /** What was lost may have been a revoke: nothing is served until all was announced again. */
    synchronized void fence(final String reason) {
        nextEpoch(reason);
    }

    synchronized long resyncEpoch(final String reason) {
        nextEpoch(reason);
        // A fresh look at the images, too: whatever was lost may have been about them.
        disks.define(description.disks());
        return epoch;
    }

    synchronized void sessionReady(final AgentSession ready) {
        if (session == ready) {
            connected = true;
            // The domain may have changed since the hello was written: the agent then announces in an epoch that is over.
            ready.catchUp(epoch);
            observer.sessionReady(uuid);
        }
    }

    /** The disk a guest means, of the size it says. */
    String findDisk(final JsonNode wanted) throws RejectedRecordException {
        final VmDisk disk = DiskFinder.find(disks.definition(), wanted);
        final long claimed = wanted.has("sectors") ? AgentMessages.number(wanted, "sectors") : -1;
        try {
            final GuestDisk opened = disks.open(disk.target());
            if (claimed >= 0 && claimed != opened.sectors()) {
                throw new RejectedRecordException(Reason.UNKNOWN_DISK,
                        "target=" + disk.target() + " sectors=" + opened.sectors() + " guestSays=" + claimed);
            }
        } catch (final IOException e) {
            LOG.warn("disk cannot be used vm={} target={}: {}", name(), disk.target(), e.getMessage());
            throw new RejectedRecordException(Reason.UNKNOWN_DISK, "target=" + disk.target() + " " + e.getMessage());
        }
        return disk.target();
    }

    // ---- the thread

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        while (!closed) {
            try {
                final VmDescription vm = awaitChannel();
                if (vm != null) {
                    final boolean answered = converse(vm);
                    pause = answered ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                    TimeUnit.MILLISECONDS.sleep(pause);
                }
            } catch (final InterruptedException e) {
                return;
            }
        }
    }

    private synchronized VmDescription awaitChannel() throws InterruptedException {
        while (!closed && !description.hasAgentChannel()) {
            wait();
        }
        return closed ? null : description;
    }

    /** One session, from connecting to its end. Gives whether the agent answered. */
    private boolean converse(final VmDescription vm) {
        boolean answered = false;
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(vm.channel()))) {
            final AgentSession begun = new AgentSession(this, channel, settings, metrics, nanoClock);
            final long first = begin(begun);
            try {
                begun.run(first);
            } finally {
                answered = begun.answered();
            }
        } catch (final IOException | UnsupportedOperationException e) {
            LOG.debug("session of {} over: {}", vm.name(), e.getMessage());
            if (answered) {
                LOG.info("session lost vm={} why={}", vm.name(), e.getMessage());
            }
        } finally {
            finish();
        }
        return answered;
    }

    private synchronized long begin(final AgentSession begun) {
        session = begun;
        epoch++;
        lease.drop();
        grants.beginSession(epoch);
        return epoch;
    }

    private synchronized void finish() {
        session = null;
        connected = false;
        lease.drop();
        grants.raiseEpoch(epoch, description.active() ? "session_lost" : "vm_stopped");
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            if (session != null) {
                session.end();
            }
            notifyAll();
        }
        thread.interrupt();
        disks.close();
    }
}
