package io.livemr.composer.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.composer.grant.GrantTable;
import io.livemr.composer.image.Lease;
import io.livemr.composer.image.QemuGuard;
import io.livemr.composer.link.Redial;
import io.livemr.composer.metrics.ComposerMetrics;
import io.livemr.composer.qemu.MapLink;
import io.livemr.composer.qemu.MapOwner;
import io.livemr.composer.vm.VmDescription;
import io.livemr.composer.vm.VmDisk;
import io.livemr.extent.path.PathPattern;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One VM over all its sessions: its epoch, its lease, its grants and disks, and the threads that talk to its agent and to its QEMU.
 *
 * <p>The epoch rises with each session, each change of the domain and each resync; it starts from the clock, so that it is
 * higher than any of a composer that ran before. Safe to share between threads; the lock is never held while waiting.
 */
public final class VmLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VmLink.class);
    /** 2026-01-01T00:00Z: epochs are 32 bits, and seconds from here last until 2162. */
    private static final long EPOCH_ORIGIN_SECONDS = 1_767_225_600L;

    private final UUID uuid;
    private final SessionSettings settings;
    private final AgentObserver observer;
    private final ComposerMetrics metrics;
    private final LongSupplier nanoClock;
    private final Lease lease;
    private final VmDisks disks;
    private final QemuGuard qemu = new QemuGuard();
    private final GrantTable grants;
    private final GuestListings listings = new GuestListings();
    private volatile ResyncWish resyncWish;
    private final Redial<Path> agent;
    private final MapLink maps;
    private VmDescription description;
    private long epoch = System.currentTimeMillis() / 1_000 - EPOCH_ORIGIN_SECONDS;
    private AgentSession session;
    private volatile boolean connected;

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
        this.grants = new GrantTable(settings.grants(), disks, lease, qemu);
        this.resyncWish = new ResyncWish(nanoClock.getAsLong());
        this.agent = new Redial<>("agent-" + first.name(), this::converse);
        this.maps = new MapLink(first.name(), new MapSide(), qemu, metrics);
    }

    /** What all links of a composer share. */
    record LinkParts(
            SessionSettings settings, VmDisks.Factory disks, AgentObserver observer, ComposerMetrics metrics, LongSupplier nanoClock,
            BooleanSupplier blind) {
    }

    void start() {
        connect(description());
    }

    private void connect(final VmDescription now) {
        agent.to(now.agentSocket());
        maps.to(now.mapChannel());
        if (now.mapChannel() == null) {
            qemu.forget();
        }
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

    /**
     * How far behind the agent this composer can be at most: all that the agent had said so long ago is in force. Nothing while there is no
     * session. The lease runs from the moment when the newest {@code at} that came back was written, and lines come in order.
     */
    public OptionalLong lagMillis() {
        final OptionalLong leftNanos = lease.leftNanos();
        return leftNanos.isEmpty() ? leftNanos
                : OptionalLong.of(Math.max(0, settings.leaseMillis() - TimeUnit.NANOSECONDS.toMillis(leftNanos.getAsLong())));
    }

    /** Size in sectors of a disk of this VM, or −1 if its image cannot be opened. */
    public long diskSectors(final VmDisk disk) {
        return disks.sectors(disk);
    }

    // ---- what libvirt tells

    synchronized void describe(final VmDescription now, final String reason) {
        description = now;
        nextEpoch(reason);
        disks.define(now.disks());
        if (session != null && now.agentSocket() == null) {
            session.end();
        } else if (session != null) {
            session.sendResync(epoch, reason);
        }
        connect(now);
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

    /** Tells the agent that a requester is done with a file, if there is a session. */
    public void release(final MapRequest request) {
        sendIfThere(AgentMessages.message("unmap").put("id", request.id()).put("path", request.path())
                .put("requester", request.requester()));
    }

    /** Has something done when the agent has taken in all that it was told in this session; never if that ends before. */
    public synchronized void whenTakenIn(final Runnable then) {
        if (session != null) {
            session.whenTakenIn(then);
        }
    }

    /** Asks the agent which of its files a pattern means, as far as the requester may know; waits for the answer. */
    public GuestListing list(final PathPattern pattern, final String requester) throws ListingException, InterruptedException {
        if (!connected) {
            throw new ListingException("agent_absent", "the agent of vm=" + name() + " is not connected; is livemr-agent running there?");
        }
        return listings.ask(pattern, requester, this::sendIfThere);
    }

    private synchronized void sendIfThere(final ObjectNode message) {
        if (session != null) {
            session.send(message);
        }
    }

    // ---- what the session asks
    GuestListings listings() {
        return listings;
    }


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

    /** All maps should be announced again, soon. */
    void wish(final String reason) {
        resyncWish.want(reason);
    }

    /** Asks for what is wished for, if it is time. Looked at after each line of the agent, and whenever QEMU gives a reason. */
    void resyncIfDue() {
        final String reason = resyncWish.due(nanoClock.getAsLong());
        if (reason != null) {
            resync(reason);
        }
    }

    private synchronized void resync(final String reason) {
        nextEpoch(reason);
        // A fresh look at the images, too: whatever was lost may have been about them.
        disks.define(description.disks());
        if (session != null) {
            session.sendResync(epoch, reason);
        }
    }

    synchronized void sessionReady(final AgentSession ready) {
        if (session == ready) {
            connected = true;
            // The domain may have changed since the hello was written: the agent then announces in an epoch that is over.
            ready.catchUp(epoch);
            observer.sessionReady(uuid);
        }
    }

    /** Name in the definition of the disk a guest means, of the size it says. */
    String findDisk(final JsonNode wanted) throws RejectedRecordException {
        return disks.find(wanted);
    }

    // ---- talking

    /** One session, from connecting to its end. Gives whether the agent answered. */
    private boolean converse(final Path socket) {
        boolean answered = false;
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            final AgentSession begun = new AgentSession(this, channel, settings, metrics, nanoClock);
            final long first = begin(begun);
            try {
                begun.run(first);
            } finally {
                answered = begun.answered();
            }
        } catch (final IOException | UnsupportedOperationException e) {
            LOG.debug("session of {} over: {}", name(), e.getMessage());
            if (answered) {
                LOG.info("session lost vm={} why={}", name(), e.getMessage());
            }
        } finally {
            finish();
        }
        return answered;
    }

    private synchronized long begin(final AgentSession begun) {
        session = begun;
        resyncWish = new ResyncWish(nanoClock.getAsLong());
        epoch++;
        lease.drop();
        grants.beginSession(epoch);
        return epoch;
    }

    private synchronized void finish() {
        session = null;
        connected = false;
        lease.drop();
        listings.sessionOver();
        grants.raiseEpoch(epoch, description.active() ? "session_lost" : "vm_stopped");
    }

    /** What the map channel sees of this VM. */
    private final class MapSide implements MapOwner {

        @Override
        public String name() {
            return VmLink.this.name();
        }

        @Override
        public GrantTable grants() {
            return grants;
        }

        @Override
        public String diskTarget(final String qemuId) {
            return disks.targetOf(qemuId);
        }

        @Override
        public void wantResync(final String reason) {
            wish(reason);
            resyncIfDue();
        }
    }

    @Override
    public void close() {
        maps.close();
        agent.close();
        synchronized (this) {
            if (session != null) {
                session.end();
            }
        }
        disks.close();
    }
}
