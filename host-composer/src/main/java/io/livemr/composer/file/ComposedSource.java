package io.livemr.composer.file;

import io.livemr.composer.file.FileRecord.SourceRecord;
import io.livemr.composer.grant.GrantedFile;
import io.livemr.composer.grant.MapWay;
import io.livemr.composer.image.FileView;
import io.livemr.composer.image.FileView.Access;
import io.livemr.composer.image.ViewSource;
import io.livemr.composer.session.AgentObserver.Consent;
import io.livemr.composer.session.MapRequest;
import io.livemr.extent.FileId;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One guest file as a part of one composed file: whether it may be read, and from what.
 *
 * <p>Changed under the lock of its composed file; the view may be read by any thread.
 */
final class ComposedSource implements ViewSource {

    private static final FileView NO_SESSION = FileView.closed(0, Access.STALE, "no_session");

    private final Consumer<GrantedFile> follower;
    private volatile SourceRecord record;
    private volatile GrantedFile granted;
    private volatile FileView closed;

    ComposedSource(final SourceRecord record, final Consumer<GrantedFile> follower) {
        this.record = record;
        this.follower = follower;
        this.closed = record.state().isFinal() ? finalView(record) : null;
    }

    SourceRecord record() {
        return record;
    }

    UUID vm() {
        return record.vm();
    }

    boolean isFinal() {
        return closed != null;
    }

    boolean isBound() {
        return granted != null;
    }

    GrantedFile granted() {
        return granted;
    }

    @Override
    public FileView view() {
        final FileView end = closed;
        final GrantedFile file = granted;
        return end != null ? end : file == null ? NO_SESSION : file.view();
    }

    @Override
    public void awaitChange(final FileView seen, final long waitNanos) throws InterruptedException {
        final GrantedFile file = granted;
        if (file != null && closed == null) {
            file.awaitChange(seen, waitNanos);
        } else {
            TimeUnit.NANOSECONDS.sleep(waitNanos);
        }
    }

    /** When its newest map came in force; null where none has. */
    Instant mappedAt() {
        final GrantedFile file = granted;
        return file == null ? null : file.mappedAt();
    }

    SourceView now() {
        final GrantedFile file = granted;
        return new SourceView(view(), file == null ? null : file.way(), record.lengthBytes());
    }

    void pending(final String owner) {
        record = with(FileState.AWAITING_CONSENT, null, null, owner == null ? record.owner() : owner, record.by(),
                record.file(), record.expiresAtMillis(), record.lengthBytes());
    }

    void bind(final GrantedFile file, final Consent consent) {
        unbind();
        granted = file;
        final long expiresAtMillis = consent.expiresInMillis() == 0 ? 0 : System.currentTimeMillis() + consent.expiresInMillis();
        record = with(FileState.COMPOSING, null, null, consent.owner(), consent.by(), file.id(), expiresAtMillis, record.lengthBytes());
        file.follow(follower);
    }

    void unbind() {
        if (granted != null) {
            granted.unfollow(follower);
            granted = null;
        }
    }

    /** Whether its guest tells of writes itself, so that a file may become shorter and stay granted. */
    boolean mayShrink() {
        final GrantedFile file = granted;
        return file != null && file.way() == MapWay.DISK;
    }

    /** The length readers are told from now on. */
    void told(final long lengthBytes) {
        record = with(record.state(), record.reason(), record.message(), record.owner(), record.by(), record.file(),
                record.expiresAtMillis(), lengthBytes);
    }

    void end(final FileState state, final String reason, final String message) {
        record = with(state, reason, message, record.owner(), record.by(), record.file(),
                record.expiresAtMillis(), record.lengthBytes());
        closed = finalView(record);
        unbind();
    }

    private static FileView finalView(final SourceRecord record) {
        return FileView.closed(-1, Access.REVOKED, record.reason());
    }

    private SourceRecord with(
            final FileState state, final String reason, final String message, final String owner, final String by,
            final FileId file, final long expiresAtMillis, final long lengthBytes) {
        final long sinceMillis = state == record.state() ? record.sinceMillis() : System.currentTimeMillis();
        return new SourceRecord(record.vm(), record.vmName(), record.path(), state, reason, message, owner, by, file,
                sinceMillis, expiresAtMillis, lengthBytes);
    }

    /** What a client sees: the stored state, made finer by what the agent's map says now. */
    FileState state(final boolean published) {
        if (isFinal()) {
            return record.state();
        }
        if (view().isReadable()) {
            return FileState.LIVE;
        }
        return published ? FileState.STALE : record.state();
    }

    String reason() {
        if (isFinal() || record.state() == FileState.AWAITING_CONSENT) {
            return record.reason();
        }
        final FileView view = view();
        return view.isReadable() ? null : view.access() == Access.OPEN ? "lease_over" : view.reason();
    }

    MapRequest request(final String id, final String requester, final long ttlSeconds) {
        return new MapRequest(id, record.path(), requester, ttlSeconds, record.file());
    }
}
