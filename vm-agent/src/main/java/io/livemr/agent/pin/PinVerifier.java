package io.livemr.agent.pin;

import io.livemr.agent.denial.DeniedException;
import io.livemr.agent.disk.DiskLayout;
import io.livemr.agent.disk.LayoutResolver;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.file.GuestFileOpener;
import io.livemr.agent.grant.GrantRecord;
import io.livemr.agent.kernel.FileStat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether a pinned file is still what was granted: flag, attribute, owner, the options its file system is mounted with,
 * and the volume under that in the same place ({@code pvmove} moves it without asking the file). For the working thread.
 */
public final class PinVerifier {

    private static final Logger LOG = LoggerFactory.getLogger(PinVerifier.class);

    private final GuestFileOpener opener;
    private final LayoutResolver layouts;
    private final Map<String, DiskLayout> thisRound = new HashMap<>();

    public PinVerifier(final GuestFileOpener opener, final LayoutResolver layouts) {
        this.opener = opener;
        this.layouts = layouts;
    }

    /** The file of an index entry, open; null if its path leads to no such file (now). */
    GuestFile find(final GrantRecord record) {
        try {
            final GuestFile file = opener.open(record.path());
            if (file.id().equals(record.file())) {
                return file;
            }
            file.close();
            LOG.warn("another file is at a granted path: path={} granted={} there={}",
                    record.path(), record.file(), file.id());
        } catch (final DeniedException e) {
            LOG.warn("granted file not found now: {}", e.getMessage());
        }
        return null;
    }

    /** Mount options and layouts are asked for anew, once per device. */
    void newRound() {
        thisRound.clear();
    }

    /** A reason of docs/protocol.md, section 3.3, or null if all is as it should be. */
    String flaw(final PinnedFile pinned, final long nowSeconds) {
        final String flaw = Pinner.flaw(pinned.file(), pinned.record(), nowSeconds);
        return flaw != null && allExpired(pinned, nowSeconds) ? "expired" : flaw;
    }

    /**
     * Looks where the volume under a file lies now, and takes the new place over.
     *
     * @return whether it has moved.
     * @throws DeniedException if it now lies in a way that cannot be followed, or its file system is mounted in a way not supported.
     */
    boolean followLayout(final PinnedFile pinned) throws IOException, DeniedException {
        final GuestFile file = pinned.file();
        final DiskLayout now = layoutOf(file);
        if (now.runs().equals(file.layout().runs()) && sameDisk(now, file.layout())) {
            return false;
        }
        pinned.replace(new GuestFile(file.path(), file.id(), file.descriptor(), now));
        return true;
    }

    /** A disk may grow without anything on it moving. */
    private static boolean sameDisk(final DiskLayout now, final DiskLayout before) {
        return Objects.equals(now.disk().serial(), before.disk().serial())
                && Objects.equals(now.disk().pci(), before.disk().pci())
                && Objects.equals(now.disk().scsi(), before.disk().scsi());
    }

    private static boolean allExpired(final PinnedFile pinned, final long nowSeconds) {
        return pinned.record().grants().stream().allMatch(grant -> grant.isOverAt(nowSeconds));
    }

    private DiskLayout layoutOf(final GuestFile file) throws IOException, DeniedException {
        final FileStat stat = file.stat();
        final String device = stat.deviceMajor() + ":" + stat.deviceMinor();
        DiskLayout now = thisRound.get(device);
        if (now == null) {
            opener.checkMount(file);
            now = layouts.resolve(stat.deviceMajor(), stat.deviceMinor());
            thisRound.put(device, now);
        }
        return now;
    }
}
