package io.livemr.composer.file;

import java.util.List;

/** State, reason, message and length of a composed file at one moment: those of the source that is worst off. Immutable. */
public record FileStatus(FileState state, String reason, String message, long lengthBytes) {

    static FileStatus of(final List<ComposedSource> sources, final boolean published) {
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
        return new FileStatus(worst == FileState.LIVE && !published ? FileState.COMPOSING : worst, reason, message, length);
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
}
