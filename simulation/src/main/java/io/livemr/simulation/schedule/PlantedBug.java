package io.livemr.simulation.schedule;

/**
 * A bug that the simulation can be told to have, to show that it would find it. Each breaks one rule that S1 rests on; none is ever in
 * force unless it is named.
 */
public enum PlantedBug {
    /** The guest tells of a block when it is the file's, not when the data is on the disk. */
    ANNOUNCED_AT_ALLOCATION,
    /** The guest tells the file's length of now, not that of when the page was sent to the disk. */
    LENGTH_OF_NOW,
    /** The guest frees blocks, then takes the map back. */
    REVOKED_AFTER_FREE,
    /** The guest finds a granted file again by its inode alone. */
    GENERATION_IGNORED,
    /** The agent lifts the pin without waiting for the composer. */
    UNPINNED_WITHOUT_ACK,
    /** QEMU does not count a reset as a revocation. */
    RESET_NOT_COUNTED,
    /** A line that is missing is not missed. */
    GAP_IGNORED,
    /** A read does not look at the view and the counters again when it has the bytes. */
    NOT_CHECKED_AFTER_PREAD,
    /** A read does not ask whether the clusters are where they were. */
    TRANSLATION_NOT_CHECKED,
    /** A read does not look at QEMU's layout counter. */
    LAYOUT_IGNORED,
    /** A read does not look at the lease. */
    LEASE_IGNORED
}
