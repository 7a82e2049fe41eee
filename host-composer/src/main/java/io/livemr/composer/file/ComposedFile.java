package io.livemr.composer.file;

import io.livemr.composer.file.FileRecord.SourceRecord;
import io.livemr.composer.file.ReadRefusedException.Errno;
import io.livemr.composer.grant.GrantedFile;
import io.livemr.composer.image.FileView;
import io.livemr.composer.image.FileView.Access;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@code livemr_} file: sources in order, of which only the last one grows. The others keep the length they had when readers first
 * saw the file, so that no byte ever changes its offset.
 *
 * <pre>
 *  |  source 0, fixed  | source 1, fixed |  last source, grows →
 * </pre>
 *
 * <p>One lock for changes, under which events leave in order; reads take none.
 */
public final class ComposedFile implements ReadableFile {

    private static final Logger LOG = LoggerFactory.getLogger(ComposedFile.class);

    /** State, reason, message and length at one moment. */
    public record Status(FileState state, String reason, String message, long lengthBytes) {
    }

    private final String name;
    private final String requester;
    private final long ttlSeconds;
    private final List<ComposedSource> sources;
    private final FileParts parts;
    private volatile boolean published;
    private volatile Status status;
    private volatile Instant modifiedAt = Instant.now();
    private boolean lengthUnsaved;
    private boolean removed;

    ComposedFile(final FileRecord record, final FileParts parts) {
        this.name = record.name();
        this.requester = record.requester();
        this.ttlSeconds = record.ttlSeconds();
        this.published = record.published();
        this.parts = parts;
        this.sources = record.sources().stream().map(source -> new ComposedSource(source, this::changed)).toList();
        this.status = statusNow();
    }

    @Override
    public String name() {
        return name;
    }

    public String requester() {
        return requester;
    }

    public long ttlSeconds() {
        return ttlSeconds;
    }

    public Status status() {
        return status;
    }

    List<ComposedSource> sources() {
        return sources;
    }

    /** A reader may see it. */
    boolean isVisible() {
        return published;
    }

    @Override
    public long inode() {
        // The name's 64 random bits less the sign; 0 and 1 are the file system's own.
        return Math.max(2, Long.parseUnsignedLong(name.substring(ComposedFiles.PREFIX.length()), 16) & Long.MAX_VALUE);
    }

    @Override
    public long lengthBytes() {
        return status.lengthBytes();
    }

    @Override
    public Instant modifiedAt() {
        return modifiedAt;
    }

    @Override
    public Map<String, String> attributes() {
        return FileReport.attributes(this);
    }

    // ---- reading

    @Override
    public int read(final ByteBuffer destination, final long offsetBytes) throws ReadRefusedException {
        final int start = destination.position();
        try {
            requireServed();
            final long left = status.lengthBytes() - offsetBytes;
            if (left <= 0) {
                return 0;
            }
            final int count = (int) Math.min(left, destination.remaining());
            readSources(destination, offsetBytes, count);
            return count;
        } catch (final ReadRefusedException e) {
            destination.position(start);
            parts.metrics().readRefused(e.reason());
            throw refused(e);
        }
    }

    private void requireServed() throws ReadRefusedException {
        final Status now = status;
        if (now.state() == FileState.LIVE || now.state() == FileState.STALE) {
            return;
        }
        final String reason = now.reason() == null ? now.state().name().toLowerCase(Locale.ROOT) : now.reason();
        throw new ReadRefusedException(
                now.state() == FileState.REVOKED ? Errno.EACCES : Errno.EIO, reason, name + ": " + now.state() + ": " + reason);
    }

    /** A source that ended during the read may have ended otherwise than by a revoke. */
    private ReadRefusedException refused(final ReadRefusedException cause) {
        return status.state() == FileState.FAILED && cause.error() == Errno.EACCES
                ? new ReadRefusedException(Errno.EIO, cause.reason(), cause.getMessage())
                : cause;
    }

    private void readSources(final ByteBuffer destination, final long offsetBytes, final int count) throws ReadRefusedException {
        long offset = offsetBytes;
        int left = count;
        for (int i = 0; i < sources.size() && left > 0; i++) {
            final ComposedSource source = sources.get(i);
            final boolean last = i == sources.size() - 1;
            final long length = last ? Long.MAX_VALUE : source.record().lengthBytes();
            if (offset < length) {
                final int part = (int) Math.min(left, length - offset);
                parts.reader().read(source, offset, part, destination);
                left -= part;
                offset = 0;
            } else {
                offset -= length;
            }
        }
    }

    // ---- changing

    /** Something about a source changed: work out what it means for the file, tell everybody. */
    private synchronized void changed(final GrantedFile file) {
        if (file.view().access() == Access.REVOKED) {
            sources.stream().filter(source -> source.granted() == file && !source.isFinal())
                    .forEach(source -> source.end(FileState.REVOKED, file.view().reason(), null));
            save();
        }
        refresh();
    }

    synchronized void refresh() {
        if (removed) {
            return;
        }
        failShrunk();
        publishIfComplete();
        if (published) {
            followLength();
        }
        final Status before = status;
        final Status now = statusNow();
        status = now;
        if (now.state() != before.state() || !java.util.Objects.equals(now.reason(), before.reason())) {
            modifiedAt = Instant.now();
            parts.events().state(name, now.state(), now.reason());
        }
        if (now.lengthBytes() > before.lengthBytes()) {
            modifiedAt = Instant.now();
            parts.events().grew(name, now.lengthBytes());
        }
    }

    /** Readers were told of bytes that are no longer there: their offsets would come to mean other bytes. */
    private void failShrunk() {
        for (final ComposedSource source : sources) {
            final FileView view = source.view();
            if (published && !source.isFinal() && view.isReadable() && view.lengthBytes() < source.record().lengthBytes()) {
                source.end(FileState.FAILED, "shrunk",
                        "lengthBytes=" + view.lengthBytes() + " was=" + source.record().lengthBytes());
                save();
            }
        }
    }

    private void publishIfComplete() {
        if (!published && sources.stream().allMatch(source -> source.view().isReadable())) {
            sources.forEach(source -> source.told(source.view().lengthBytes()));
            // The fixed lengths must be durable before anyone can see an offset that depends on them.
            published = save(true);
        }
    }

    private void followLength() {
        final ComposedSource last = sources.get(sources.size() - 1);
        final FileView view = last.view();
        if (view.isReadable() && view.lengthBytes() > last.record().lengthBytes()) {
            last.told(view.lengthBytes());
            lengthUnsaved = true;
        }
    }

    private Status statusNow() {
        FileState worst = FileState.LIVE;
        String reason = null;
        String message = null;
        for (final ComposedSource source : sources) {
            final FileState state = source.state(published);
            if (rank(state) > rank(worst)) {
                worst = state;
                reason = source.reason();
                message = source.record().message();
            }
        }
        final long length = published ? sources.stream().mapToLong(source -> source.record().lengthBytes()).sum() : 0;
        return new Status(worst == FileState.LIVE && !published ? FileState.COMPOSING : worst, reason, message, length);
    }

    private static int rank(final FileState state) {
        return switch (state) {
            case LIVE -> 0;
            case STALE -> 1;
            case COMPOSING -> 2;
            case AWAITING_CONSENT -> 3;
            case DENIED -> 4;
            case REVOKED -> 5;
            case FAILED -> 6;
        };
    }

    synchronized void pending(final int index, final String owner) {
        final ComposedSource source = sources.get(index);
        if (!source.isFinal() && source.record().file() == null) {
            source.pending(owner);
            refresh();
        }
    }

    /** Gives false if the grant is not the one this file was composed of. */
    synchronized boolean granted(final int index, final GrantedFile file, final String owner, final String by) {
        final ComposedSource source = sources.get(index);
        if (removed || source.isFinal()) {
            return false;
        }
        if (source.record().file() != null && !source.record().file().equals(file.id())) {
            end(index, FileState.REVOKED, "grant_void", "the path names another file now");
            return false;
        }
        final boolean isNew = source.record().file() == null;
        if (source.granted() != file) {
            source.bind(file, owner, by);
        }
        if (isNew) {
            save();
        }
        refresh();
        return true;
    }

    synchronized void end(final int index, final FileState state, final String reason, final String message) {
        final ComposedSource source = sources.get(index);
        if (!source.isFinal()) {
            source.end(state, reason, message);
            save();
            refresh();
        }
    }

    /** All sources of a VM that is gone, or of one requester's grant. */
    synchronized void endWhere(
            final java.util.function.Predicate<ComposedSource> which, final FileState state, final String reason, final String message) {
        for (int i = 0; i < sources.size(); i++) {
            if (which.test(sources.get(i))) {
                end(i, state, reason, message);
            }
        }
    }

    synchronized void saveLength() {
        if (lengthUnsaved && !removed) {
            save();
        }
    }

    synchronized void remove() {
        removed = true;
        sources.forEach(source -> {
            if (!source.isFinal()) {
                source.end(FileState.REVOKED, "unmapped", null);
            }
        });
        status = new Status(FileState.REVOKED, "unmapped", null, status.lengthBytes());
        parts.events().removed(name);
    }

    /** Tells one listener how the file is, in order with what is told to all. */
    synchronized void tell(final FileEvents listener) {
        if (!removed) {
            listener.state(name, status.state(), status.reason());
            listener.grew(name, status.lengthBytes());
        }
    }

    FileRecord record(final boolean deleted) {
        return record(published, deleted);
    }

    private FileRecord record(final boolean isPublished, final boolean deleted) {
        final List<SourceRecord> records = new ArrayList<>();
        sources.forEach(source -> records.add(source.record()));
        return new FileRecord(FileRecord.VERSION, name, requester, ttlSeconds, isPublished, deleted, records);
    }

    private void save() {
        save(published);
    }

    private boolean save(final boolean isPublished) {
        try {
            parts.store().save(record(isPublished, false));
            lengthUnsaved = false;
            return isPublished;
        } catch (final IOException e) {
            LOG.error("state of file={} is not durable: {}; free space on the state folder's file system", name, e.getMessage());
            return published;
        }
    }

    UUID vmOf(final int index) {
        return sources.get(index).vm();
    }
}
