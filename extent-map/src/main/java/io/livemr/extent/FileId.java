package io.livemr.extent;

import java.util.Objects;
import java.util.UUID;

/**
 * One file of one guest, for as long as that file lives.
 *
 * <p>An inode number is used again after its file is deleted; the generation then differs. Both are
 * unsigned 32-bit numbers. The file system UUID is the guest's word like the rest, and means nothing outside that guest.
 *
 * <p>Immutable, safe to share between threads.
 */
public record FileId(UUID fsUuid, long inode, long generation) {

    public FileId {
        Objects.requireNonNull(fsUuid, "fsUuid");
    }
}
