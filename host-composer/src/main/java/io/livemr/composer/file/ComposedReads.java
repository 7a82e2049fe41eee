package io.livemr.composer.file;

import io.livemr.composer.file.ReadRefusedException.Errno;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/** Reads of one composed file: which part of which source, and what a refusal means for the whole. Takes no lock; safe to share between threads. */
final class ComposedReads {

    private final ComposedFile file;
    private final FileParts parts;

    ComposedReads(final ComposedFile file, final FileParts parts) {
        this.file = file;
        this.parts = parts;
    }

    /** As {@link ReadableFile#read}. */
    int read(final ByteBuffer destination, final long offsetBytes) throws ReadRefusedException {
        final int start = destination.position();
        try {
            requireServed();
            final long left = file.lengthBytes() - offsetBytes;
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
        final FileStatus now = file.status();
        if (now.state() == FileState.LIVE || now.state() == FileState.STALE) {
            return;
        }
        final String reason = now.reason() == null ? now.state().name().toLowerCase(Locale.ROOT) : now.reason();
        throw new ReadRefusedException(now.state() == FileState.REVOKED ? Errno.EACCES : Errno.EIO, reason,
                file.name() + ": " + now.state() + ": " + reason);
    }

    /** A source that ended during the read may have ended otherwise than by a revoke. */
    private ReadRefusedException refused(final ReadRefusedException cause) {
        return file.status().state() == FileState.FAILED && cause.error() == Errno.EACCES
                ? new ReadRefusedException(Errno.EIO, cause.reason(), cause.getMessage())
                : cause;
    }

    private void readSources(final ByteBuffer destination, final long offsetBytes, final int count) throws ReadRefusedException {
        final List<ComposedSource> sources = file.sources();
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
}
