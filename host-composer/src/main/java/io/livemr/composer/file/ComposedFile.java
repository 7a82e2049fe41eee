package io.livemr.composer.file;

import io.livemr.composer.file.FileRecord.SourceRecord;
import io.livemr.composer.grant.GrantedFile;
import io.livemr.composer.image.FileView;
import io.livemr.composer.image.FileView.Access;
import io.livemr.composer.session.AgentObserver.Consent;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@code livemr_} file: sources in order, of which only the last one changes its length. The others keep the length they had when readers first
 * saw the file, so that no byte ever changes its offset (I8).
 *
 * <pre>
 *  |  source 0, fixed  | source 1, fixed |  last source, grows → (and ← shrinks, where its guest tells of its writes itself)
 * </pre>
 *
 * <p>One lock for changes, under which events leave in order; reads take none.
 */
public final class ComposedFile implements ReadableFile {

    private static final Logger LOG = LoggerFactory.getLogger(ComposedFile.class);

    private final String name;
    private final String requester;
    private final long ttlSeconds;
    private final List<ComposedSource> sources;
    private final FileParts parts;
    private final ComposedReads reads;
    private volatile boolean published;
    private volatile FileStatus status;
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
        this.status = FileStatus.of(sources, published);
        this.reads = new ComposedReads(this, parts);
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

    public FileStatus status() {
        return status;
    }

    List<ComposedSource> sources() {
        return sources;
    }

    /** What each source's bytes are at, and up to where, in order; takes no lock. None before readers may see the file. */
    List<SourceView> views() {
        return published ? sources.stream().map(ComposedSource::now).toList() : List.of();
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

    @Override
    public int read(final ByteBuffer destination, final long offsetBytes) throws ReadRefusedException {
        return reads.read(destination, offsetBytes);
    }

    // ---- changing

    /** Something about a source changed: work out what it means for the file, tell everybody. */
    private synchronized void changed(final GrantedFile file) {
        if (file.view().access() == Access.REVOKED) {
            sources.stream().filter(source -> source.granted() == file && !source.isFinal())
                    .forEach(source -> source.end(FileState.REVOKED, file.view().reason(), null));
            saveEnd();
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
        final FileStatus before = status;
        final FileStatus now = FileStatus.of(sources, published);
        status = now;
        if (now.state() != before.state() || !java.util.Objects.equals(now.reason(), before.reason())) {
            modifiedAt = Instant.now();
            parts.events().state(name, now.state(), now.reason());
        }
        if (now.lengthBytes() != before.lengthBytes()) {
            modifiedAt = Instant.now();
            parts.events().grew(name, now.lengthBytes());
        }
    }

    /**
     * Readers were told of bytes that are no longer there, and the offsets behind them would come to mean other bytes. Behind the last source there
     * are none; but where the agent pins a file nothing of it can be cut off, so one that is shorter there is not the file that was granted.
     */
    private void failShrunk() {
        for (final ComposedSource source : sources) {
            final FileView view = source.view();
            if (published && !source.isFinal() && view.isReadable() && view.lengthBytes() < source.record().lengthBytes()
                    && !(source == last() && source.mayShrink())) {
                source.end(FileState.FAILED, "shrunk",
                        "lengthBytes=" + view.lengthBytes() + " was=" + source.record().lengthBytes());
                saveEnd();
            }
        }
    }

    private void publishIfComplete() {
        if (!published && sources.stream().allMatch(source -> source.view().isReadable())) {
            sources.forEach(source -> source.told(source.view().lengthBytes()));
            FailPoint.COMPOSE_COMPLETE.pass();
            // The fixed lengths must be durable before anyone can see an offset that depends on them.
            final boolean isFixed = save(true);
            FailPoint.COMPOSE_FIXED.pass();
            published = isFixed;
        }
    }

    private void followLength() {
        final FileView view = last().view();
        final long toldBytes = last().record().lengthBytes();
        if (view.isReadable() && (view.lengthBytes() > toldBytes || view.lengthBytes() < toldBytes && last().mayShrink())) {
            last().told(view.lengthBytes());
            lengthUnsaved = true;
        }
    }

    private ComposedSource last() {
        return sources.get(sources.size() - 1);
    }

    synchronized void pending(final int index, final String owner) {
        final ComposedSource source = sources.get(index);
        if (!source.isFinal() && source.record().file() == null) {
            source.pending(owner);
            refresh();
        }
    }

    /** Gives false if the grant is not the one this file was composed of. */
    synchronized boolean granted(final int index, final GrantedFile file, final Consent consent) {
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
            source.bind(file, consent);
        }
        if (isNew) {
            FailPoint.COMPOSE_BOUND.pass();
            save();
            FailPoint.COMPOSE_CONSENTED.pass();
        }
        refresh();
        return true;
    }

    synchronized void end(final int index, final FileState state, final String reason, final String message) {
        final ComposedSource source = sources.get(index);
        if (!source.isFinal()) {
            source.end(state, reason, message);
            saveEnd();
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
            FailPoint.GROW_UNSAVED.pass();
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
        status = new FileStatus(FileState.REVOKED, "unmapped", null, status.lengthBytes());
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

    /** A source has ended, and is served no more. */
    private void saveEnd() {
        FailPoint.REVOKE_CLOSED.pass();
        save();
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
