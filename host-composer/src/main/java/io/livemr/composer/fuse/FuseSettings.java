package io.livemr.composer.fuse;

/**
 * How the mount behaves.
 *
 * @param workers            threads started at once; more start when none is left to take a request. Default: processors, at least 2.
 * @param maxWorkers         most threads; each keeps a buffer of one request, 1 to 4 MiB ({@link RequestPages}). Two of them never wait for bytes. Default 64, at least workers + 2.
 * @param maxDeferredReads   reads that may wait for a thread; past it a read gives {@code EBUSY}. Default 4,096.
 * @param maxDeferredMillis  how long one may wait, then {@code ESTALE}. Default 10,000.
 * @param interruptMillis    a reader who is interrupted gets {@code EINTR} if his read is not answered within this time. Default 100.
 * @param maxNodes           names the kernel may remember, then {@code ENFILE}. Default 1,000,000.
 * @param maxHandles         files open at one time, and as many directories, then {@code ENFILE}. Default 65,536.
 * @param allowOther         whether other users than root may come in at all. Default no.
 * @param readerGid          group that may read the files (mode 0440). Default 0.
 */
public record FuseSettings(
    int workers,
    int maxWorkers,
    int maxDeferredReads,
    long maxDeferredMillis,
    long interruptMillis,
    int maxNodes,
    int maxHandles,
    boolean allowOther,
    int readerGid) {

    public FuseSettings {
        require(workers >= 1, "workers", workers);
        require(maxWorkers >= workers + 2, "maxWorkers", maxWorkers);
        require(maxDeferredReads >= 0, "maxDeferredReads", maxDeferredReads);
        require(maxDeferredMillis >= 0, "maxDeferredMillis", maxDeferredMillis);
        require(interruptMillis >= 0, "interruptMillis", interruptMillis);
        require(maxNodes >= 4, "maxNodes", maxNodes);
        require(maxHandles >= 1, "maxHandles", maxHandles);
        require(readerGid >= 0, "readerGid", readerGid);
    }

    private static void require(final boolean good, final String name, final long value) {
        if (!good) {
            throw new IllegalArgumentException("setting out of range fuse." + name + "=" + value);
        }
    }

    public static FuseSettings defaults() {
        final int workers = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new FuseSettings(workers, Math.max(64, workers + 2), 4_096, 10_000, 100, 1_000_000, 65_536, false, 0);
    }

    public FuseSettings withWorkers(final int newWorkers, final int newMaxWorkers) {
        return new FuseSettings(newWorkers, newMaxWorkers, maxDeferredReads, maxDeferredMillis, interruptMillis, maxNodes, maxHandles,
            allowOther, readerGid);
    }

    public FuseSettings withDeferral(final int newMaxDeferredReads, final long newMaxDeferredMillis) {
        return new FuseSettings(workers, maxWorkers, newMaxDeferredReads, newMaxDeferredMillis, interruptMillis, maxNodes, maxHandles,
            allowOther, readerGid);
    }

    public FuseSettings withLimits(final int newMaxNodes, final int newMaxHandles) {
        return new FuseSettings(workers, maxWorkers, maxDeferredReads, maxDeferredMillis, interruptMillis, newMaxNodes, newMaxHandles,
            allowOther, readerGid);
    }

    /** Lets members of {@code gid} read, who are other users than root. */
    public FuseSettings withReaders(final int gid) {
        return new FuseSettings(workers, maxWorkers, maxDeferredReads, maxDeferredMillis, interruptMillis, maxNodes, maxHandles, true, gid);
    }
}
