package io.livemr.composer.file;

import java.util.Collection;
import java.util.Optional;

/**
 * The composed files that a reader may see by name: those that are {@code LIVE}, {@code STALE}, {@code REVOKED} or {@code FAILED}.
 * Files that still wait for consent or for their first map are not there.
 *
 * <p>Safe to share between threads; no call blocks.
 */
public interface ReadableFiles {

    /** The file called {@code name} ({@code livemr_} and 16 hex digits), if a reader may see it. */
    Optional<ReadableFile> find(String name);

    /** All files a reader may see, as of now, in no particular order. */
    Collection<ReadableFile> list();
}
