package io.livemr.composer.grant;

import io.livemr.composer.image.FileView;
import io.livemr.composer.image.FileView.Access;
import io.livemr.composer.image.GuestDisk;
import io.livemr.composer.image.Lease;
import io.livemr.composer.image.MapGuard;
import io.livemr.composer.image.ViewSource;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.CommittedMap;
import io.livemr.extent.wire.FileMapAssembler;
import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.Reason;
import io.livemr.extent.wire.RejectedRecordException;
import io.livemr.failpoint.FailPoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One granted file of one VM: the map as the agent announces it, and the view that readers go by.
 *
 * <p>Changed only under the lock of its {@link GrantTable}; the view may be read by any thread at any time.
 */
public final class GrantedFile implements ViewSource {

    private final FileId id;
    private final FileMapAssembler assembler;
    private final List<Consumer<GrantedFile>> followers = new CopyOnWriteArrayList<>();
    private final Object changed = new Object();
    private volatile FileView view = FileView.closed(0, Access.STALE, "not_committed");
    private volatile String diskTarget = "";
    private volatile MapWay way = MapWay.CHANNEL;
    private volatile Instant mappedAt;
    private boolean granted;

    GrantedFile(final FileId id, final int extentLimit) {
        this.id = id;
        this.assembler = new FileMapAssembler(extentLimit);
    }

    public FileId id() {
        return id;
    }

    /** The disk's name in the domain definition. */
    public String diskTarget() {
        return diskTarget;
    }

    /** By which way its records come. */
    public MapWay way() {
        return way;
    }

    /** When the newest map came in force, by this host's clock; null before the first. */
    public Instant mappedAt() {
        return mappedAt;
    }

    @Override
    public FileView view() {
        return view;
    }

    @Override
    public void awaitChange(final FileView seen, final long waitNanos) throws InterruptedException {
        synchronized (changed) {
            if (view == seen) {
                TimeUnit.NANOSECONDS.timedWait(changed, Math.max(waitNanos, 1_000_000));
            }
        }
    }

    /** Calls {@code follower} after each change of the view, in order, on the thread that made the change. */
    public void follow(final Consumer<GrantedFile> follower) {
        followers.add(follower);
    }

    public void unfollow(final Consumer<GrantedFile> follower) {
        followers.remove(follower);
    }

    boolean isFollowed() {
        return !followers.isEmpty();
    }

    boolean isGranted() {
        return granted;
    }

    void granted(final String target, final MapWay mapWay) {
        granted = true;
        diskTarget = target;
        way = mapWay;
    }

    /** Whether its records come this way, from this disk; a null disk is any. */
    boolean comesBy(final MapWay mapWay, final String target) {
        return granted && way == mapWay && (target == null || target.equals(diskTarget));
    }

    void notGranted() {
        granted = false;
    }

    /** Takes a record of the present epoch; the committed map, if there is one in force, is then in {@link #committed()}. */
    void accept(final MapRecord record) throws RejectedRecordException {
        assembler.accept(record);
    }

    Optional<CommittedMap> committed() {
        return assembler.committed();
    }

    void open(final CommittedMap map, final GuestDisk disk, final MapGuard guard, final Lease lease) {
        // Growth keeps the fence: a read under the smaller map is as true as before.
        final long fence = view.access() == Access.OPEN && view.disk() == disk ? view.fence() : view.fence() + 1;
        mappedAt = Instant.now();
        show(new FileView(fence, Access.OPEN, null, map.extents(), map.lengthBytes(), disk, guard, lease));
        FailPoint.GROW_MAPPED.pass();
        tellFollowers();
    }

    void stale(final String reason) {
        if (view.access() != Access.STALE || !reason.equals(view.reason())) {
            publish(FileView.closed(view.fence() + 1, Access.STALE, reason));
        }
    }

    /** Nothing that was said before counts any more; the agent must begin again. */
    void newEpoch(final String reason) {
        assembler.reject(new RejectedRecordException(Reason.STALE_EPOCH, reason));
        stale(reason);
    }

    void lostRecord(final RejectedRecordException cause) {
        if (assembler.reject(cause)) {
            stale(cause.reason().tag());
        }
    }

    void revoked(final String reason) {
        granted = false;
        publish(FileView.closed(view.fence() + 1, Access.REVOKED, reason));
    }

    private void publish(final FileView next) {
        show(next);
        tellFollowers();
    }

    private void show(final FileView next) {
        synchronized (changed) {
            view = next;
            changed.notifyAll();
        }
    }

    private void tellFollowers() {
        followers.forEach(follower -> follower.accept(this));
    }
}
