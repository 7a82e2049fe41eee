package io.livemr.agent.pin;

import io.livemr.agent.file.GuestFile;
import io.livemr.agent.grant.GrantRecord;
import io.livemr.agent.grant.GrantXattr;
import io.livemr.agent.kernel.Descriptor;
import io.livemr.agent.kernel.FileFlags;
import io.livemr.agent.kernel.KernelException;
import io.livemr.agent.kernel.Xattr;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.util.Optional;

/**
 * Puts the grant's attribute and, where blocks are kept in place by it, the append-only flag on a file, takes them off, and
 * says whether they are there.
 *
 * <p>While a file is append-only the kernel refuses truncate, unlink, rename, hole punching and overwriting opens, so no block
 * of it is freed; it also refuses any change of extended attributes. So the attribute comes first and the flag after it, and
 * whoever joins a pinned file later stands in the index alone, never beyond the attribute's expiry. Every step may
 * be repeated.
 */
public final class Pinner {

    private Pinner() {
    }

    /** Sets what the file's way needs, durable on return. The intent is in the index already. */
    public static void pin(final GuestFile file, final GrantRecord record) throws IOException {
        final Descriptor descriptor = file.descriptor();
        FileFlags.setAppendOnly(descriptor, false);
        final GrantXattr value = GrantXattr.of(file, record.grants().stream()
                .map(grant -> new GrantXattr.Entry(grant.requester(), grant.expiresAtSeconds()))
                .toList());
        Xattr.set(descriptor, GrantXattr.NAME, value.encode());
        FailPoint.PIN_MARKED.pass();
        FileFlags.setAppendOnly(descriptor, record.way().pins() || record.ownerPinned());
        descriptor.sync();
    }

    /** Takes both off, durable on return; an owner's own append-only flag stays. */
    public static void unpin(final GuestFile file, final GrantRecord record) throws IOException {
        final Descriptor descriptor = file.descriptor();
        FileFlags.setAppendOnly(descriptor, false);
        FailPoint.UNPIN_LOOSE.pass();
        Xattr.remove(descriptor, GrantXattr.NAME);
        FileFlags.setAppendOnly(descriptor, record.ownerPinned());
        descriptor.sync();
    }

    /** The attribute, if it grants something on this very file at that time. */
    public static Optional<GrantXattr> validGrant(final GuestFile file, final long nowSeconds) throws IOException {
        final Optional<GrantXattr> value = Xattr.get(file.descriptor(), GrantXattr.NAME).flatMap(GrantXattr::decode);
        final long generation = FileFlags.generation(file.descriptor());
        return value.filter(found -> fits(found, file, generation, nowSeconds));
    }

    /** Why a pin that should be there does not hold: a reason of docs/protocol.md, section 3.3, or null. */
    public static String flaw(final GuestFile file, final GrantRecord record, final long nowSeconds) {
        try {
            if (record.way().pins() && !FileFlags.isAppendOnly(file.descriptor())) {
                return "unpinned";
            }
            final boolean granted = !file.stat().isDeleted() && validGrant(file, nowSeconds).isPresent();
            return granted ? null : "grant_void";
        } catch (final IOException e) {
            return "grant_void";
        }
    }

    private static boolean fits(
            final GrantXattr value, final GuestFile file, final long generation, final long nowSeconds) {
        try {
            return value.fits(file.stat(), generation, nowSeconds);
        } catch (final IOException e) {
            return false;
        }
    }

    static boolean isAppendOnly(final GuestFile file) throws KernelException {
        return FileFlags.isAppendOnly(file.descriptor());
    }
}
