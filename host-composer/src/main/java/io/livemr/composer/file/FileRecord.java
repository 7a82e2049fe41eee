package io.livemr.composer.file;

import io.livemr.extent.FileId;
import java.util.List;
import java.util.UUID;

/**
 * What of a composed file outlives the composer.
 *
 * @param published whether readers have seen the file: its sources' lengths are fixed since.
 * @param deleted   whether it only waits for an agent to hear of its end.
 */
public record FileRecord(
        int version, String name, String requester, long ttlSeconds, boolean published, boolean deleted, List<SourceRecord> sources) {

    public static final int VERSION = 1;

    /**
     * One source.
     *
     * @param state           {@code AWAITING_CONSENT}, {@code COMPOSING} (granted) or a final one.
     * @param file            identity of the granted file, or null before the grant.
     * @param sinceMillis     when it came into this state, wall clock; 0 where a composer of before did not say.
     * @param expiresAtMillis when the grant ends by itself, wall clock; 0 where that is not known.
     * @param lengthBytes     length that readers were told, −1 before that.
     */
    public record SourceRecord(
            UUID vm, String vmName, String path, FileState state, String reason, String message, String owner, String by,
            FileId file, long sinceMillis, long expiresAtMillis, long lengthBytes) {
    }
}
