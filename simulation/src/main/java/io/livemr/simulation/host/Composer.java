package io.livemr.simulation.host;

import io.livemr.composer.grant.GrantLimits;
import io.livemr.composer.grant.GrantTable;
import io.livemr.composer.grant.GrantedFile;
import io.livemr.composer.image.FileView;
import io.livemr.composer.image.GuestDisk;
import io.livemr.composer.image.Lease;
import io.livemr.composer.image.QemuGuard;
import io.livemr.composer.qemu.MapOwner;
import io.livemr.extent.wire.MapRecordCodec;
import io.livemr.extent.wire.RejectedRecordException;
import io.livemr.simulation.channel.Line;
import io.livemr.simulation.channel.Numbered;
import io.livemr.simulation.channel.Wire;
import io.livemr.simulation.disk.SteppedDisk;
import io.livemr.simulation.guest.GuestFile;
import io.livemr.simulation.schedule.PlantedBug;
import io.livemr.simulation.schedule.SimulatedTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The composer of one VM: the real table of grants, lease and guard, around them the conversation with the agent in the steps in which
 * {@code VmLink} and {@code AgentSession} have it. What is killed is this object; the next one knows only which files were composed.
 * For one thread.
 */
public final class Composer implements MapOwner {

    /** What outlives a composer, or is beside it. */
    public record Surroundings(
            Qemu qemu, Wire<Line> toAgent, SimulatedTime time, long leaseMillis, Runnable pause, Set<PlantedBug> bugs) {
    }

    private final Surroundings around;
    private final Lease lease;
    private final QemuGuard guard = new QemuGuard();
    private final GrantTable grants;
    private final SilentMetrics metrics = new SilentMetrics();
    private final Map<GuestFile, GrantedFile> composed = new LinkedHashMap<>();
    private final ComposerStore store;
    private GuestDisk disk;
    private MapConnection maps;
    private long epoch;
    private long nextSequence;
    private long helloNanos;
    private boolean connected;
    private boolean answered;
    private boolean resyncWished;

    /** @param firstEpoch higher than any of a composer before. */
    public Composer(final Surroundings around, final ComposerStore store, final long firstEpoch) {
        this.around = around;
        this.store = store;
        this.epoch = firstEpoch;
        this.lease = new Lease(around.time(), () -> false);
        this.grants = new GrantTable(GrantLimits.defaults(), target -> openDisk(), lease, guard);
    }

    private GuestDisk openDisk() throws IOException {
        if (disk == null) {
            disk = new SteppedDisk(around.qemu().image().spec(), around.qemu()::isWriting, around.pause(), around.bugs());
        }
        return disk;
    }

    private void define() {
        if (disk != null) {
            disk.close();
            disk = null;
        }
    }

    public long epoch() {
        return epoch;
    }

    /** Files that can be read, maybe. */
    public Map<GuestFile, GrantedFile> composed() {
        return composed;
    }

    // ---- what users want

    /** Whether nobody needs to ask for it again. */
    public boolean isComposed(final GuestFile file) {
        final GrantedFile known = composed.get(file);
        return known != null && known.view().access() != FileView.Access.REVOKED;
    }

    public void compose(final GuestFile file) {
        store.want(file);
        if (answered) {
            around.toAgent().send(new Line.Ask(file.path(), null));
        }
    }

    // ---- the agent's channel

    public boolean isConnected() {
        return connected;
    }

    public void connect() {
        connected = true;
        answered = false;
        resyncWished = false;
        epoch++;
        lease.drop();
        grants.beginSession(epoch);
        helloNanos = around.time().nowNanos();
        around.toAgent().send(new Line.Hello(epoch));
    }

    /** The channel ended. */
    public void hangUp() {
        connected = false;
        answered = false;
        lease.drop();
        grants.raiseEpoch(epoch, "session_lost");
    }

    public void beat() {
        if (answered) {
            around.toAgent().send(new Line.Beat(around.time().nowNanos()));
        }
    }

    public void take(final Numbered message) {
        if (!answered) {
            welcome(message);
            return;
        }
        if (message.sequence() != nextSequence && !around.bugs().contains(PlantedBug.GAP_IGNORED)) {
            fence("sequence_gap");
            wantResync("sequence_gap");
        }
        nextSequence = message.sequence() + 1;
        takeInSession(message);
        resyncIfWished();
    }

    private void welcome(final Numbered message) {
        if (message.line() instanceof Line.Welcome) {
            nextSequence = message.sequence() + 1;
            answered = true;
            heard(helloNanos);
            store.wanted().forEach(this::askFor);
        }
    }

    private void askFor(final GuestFile file) {
        around.toAgent().send(new Line.Ask(file.path(), store.idOf(file)));
    }

    private void takeInSession(final Numbered message) {
        final Line line = message.line();
        if (line instanceof Line.Beat beat && beat.atNanos() >= 0) {
            heard(beat.atNanos());
        } else if (line instanceof Line.Granted granted) {
            granted(granted);
            ack(message.sequence());
        } else if (line instanceof Line.Denied denied) {
            composed.remove(store.forget(denied.path()));
        } else if (line instanceof Line.Extents extents) {
            extents(ByteBuffer.wrap(extents.records()), message.sequence());
            ack(message.sequence());
        } else if (line instanceof Line.Revoked revoked) {
            grants.revoke(revoked.file(), "owner_revoked");
            ack(message.sequence());
        }
    }

    private void heard(final long writtenNanos) {
        lease.renewUntil(writtenNanos + TimeUnit.MILLISECONDS.toNanos(around.leaseMillis()));
    }

    private void ack(final long sequence) {
        around.toAgent().send(new Line.Ack(sequence));
    }

    private void granted(final Line.Granted line) {
        try {
            final GrantedFile file = grants.grant(line.file(), Domain.TARGET, line.way());
            final GuestFile asked = store.granted(line.path(), line.file());
            if (asked != null && composed.put(asked, file) != file) {
                file.follow(changed -> { });
            }
        } catch (final RejectedRecordException e) {
            metrics.rejected(name(), e.reason().tag());
        }
    }

    private void extents(final ByteBuffer records, final long sequence) {
        while (records.remaining() >= MapRecordCodec.RECORD_BYTES) {
            try {
                grants.accept(records, sequence);
            } catch (final RejectedRecordException e) {
                metrics.rejected(name(), e.reason().tag());
                resyncWished |= e.reason().leavesMapsInDoubt();
            } catch (final IOException e) {
                wantResync("image_error");
            }
        }
    }

    /** Nothing is served until all was announced again. */
    private void fence(final String reason) {
        epoch++;
        grants.raiseEpoch(epoch, reason);
    }

    private void resyncIfWished() {
        if (resyncWished) {
            resyncWished = false;
            changed("resync");
        }
    }

    /** The domain may be another one: libvirt said so, or something was lost. */
    public void changed(final String reason) {
        fence(reason);
        define();
        if (answered) {
            around.toAgent().send(new Line.Resync(epoch));
        }
    }

    // ---- QEMU's channel

    /** Whether there is a frame to take, an end to see, or a connection to make. */
    public boolean hasMapsToDo() {
        return maps != null ? around.qemu().hasNews() : around.qemu().isWriting();
    }

    public void goOnWithMaps() {
        if (maps == null) {
            connectMaps();
        } else {
            takeFrame();
        }
    }

    private void connectMaps() {
        try {
            maps = MapConnection.open(this, guard, around.qemu(), metrics, around.pause());
        } catch (final IOException e) {
            maps = null;
        }
    }

    /** The next frame, or the end of the connection. */
    private void takeFrame() {
        final byte[] frame = around.qemu().nextFrame();
        if (!around.qemu().isConnected() || frame != null && !maps.take(frame)) {
            endMaps();
        }
        resyncIfWished();
    }

    private void endMaps() {
        maps.over();
        maps = null;
        around.qemu().hangUp();
    }

    @Override
    public String name() {
        return Domain.NAME;
    }

    @Override
    public GrantTable grants() {
        return grants;
    }

    @Override
    public String diskTarget(final String qemuId) {
        return Domain.TARGET;
    }

    @Override
    public void wantResync(final String reason) {
        resyncWished = true;
    }

    /** The process is gone, and its files with it; which files it had composed is on its disk. */
    public void killed() {
        define();
        around.qemu().hangUp();
    }
}
