package io.livemr.agent.grant;

import io.livemr.agent.map.MapWay;
import io.livemr.extent.FileId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One file of the index: written before the file is touched, so that a start after {@code kill -9} finds every pin.
 *
 * @param ownerPinned    the file was append-only before; then it stays so after the grant
 * @param revokingReason null while granted; else why the pin is to be taken off
 * @param pinned         the attribute and the flag were set; false means that a crash may have come between
 * @param way            how its map goes, which says whether there is a flag to set
 */
public record GrantRecord(
        String path, FileId file, boolean ownerPinned, boolean pinned, MapWay way, String revokingReason,
        List<Grant> grants) {

    public GrantRecord {
        grants = List.copyOf(grants);
    }

    public Optional<Grant> grantOf(final String requester) {
        return grants.stream().filter(grant -> grant.requester().equals(requester)).findFirst();
    }

    public GrantRecord with(final Grant grant) {
        final List<Grant> next = new ArrayList<>(without(grant.requester()).grants());
        next.add(grant);
        return withGrants(next);
    }

    public GrantRecord without(final String requester) {
        return withGrants(grants.stream().filter(grant -> !grant.requester().equals(requester)).toList());
    }

    public GrantRecord asPinned() {
        return new GrantRecord(path, file, ownerPinned, true, way, revokingReason, grants);
    }

    /** To be pinned anew, as this way needs it. */
    public GrantRecord through(final MapWay next) {
        return new GrantRecord(path, file, ownerPinned, false, next, revokingReason, grants);
    }

    public GrantRecord revoking(final String reason) {
        return new GrantRecord(path, file, ownerPinned, pinned, way, reason, grants);
    }

    public boolean isRevoking() {
        return revokingReason != null;
    }

    private GrantRecord withGrants(final List<Grant> next) {
        return new GrantRecord(path, file, ownerPinned, pinned, way, revokingReason, next);
    }
}
