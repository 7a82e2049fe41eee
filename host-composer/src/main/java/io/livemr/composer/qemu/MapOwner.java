package io.livemr.composer.qemu;

import io.livemr.composer.grant.GrantTable;

/** The VM that a map channel belongs to. Safe to share between threads; no call blocks. */
public interface MapOwner {

    /** Name in libvirt, for the log and for counters. */
    String name();

    GrantTable grants();

    /** Name in the domain's definition of the disk that QEMU calls by this id, or null. */
    String diskTarget(String qemuId);

    /** Asks the guest for all maps again, in a new epoch. */
    void wantResync(String reason);
}
