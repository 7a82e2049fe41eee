package io.livemr.hdfs.client;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for the one DataNode that can link while the NameNode calls it too busy. With several DataNodes the NameNode leaves out one that
 * has twice the average of connections (BlockPlacementPolicyDefault, {@code considerLoad}); it would take another, and here there is none.
 */
final class BusyDataNode {

    private static final String LEFT_OUT = "minReplication nodes";

    private final long pollNanos;
    private final long patienceNanos;

    BusyDataNode() {
        this(TimeUnit.MILLISECONDS.toNanos(200), TimeUnit.SECONDS.toNanos(30));
    }

    BusyDataNode(long pollNanos, long patienceNanos) {
        this.pollNanos = pollNanos;
        this.patienceNanos = patienceNanos;
    }

    interface Allocation<T> {
        T make() throws IOException;
    }

    /** @throws IOException of the NameNode, at once unless it has no DataNode to put the block on; else after some time. */
    <T> T outwait(Allocation<T> allocation) throws IOException {
        final long start = System.nanoTime();
        while (true) {
            try {
                return allocation.make();
            } catch (IOException e) {
                requirePatience(e, System.nanoTime() - start);
                LockSupport.parkNanos(pollNanos);
            }
        }
    }

    private void requirePatience(IOException e, long waitedNanos) throws IOException {
        if (!String.valueOf(e.getMessage()).contains(LEFT_OUT)) {
            throw e;
        }
        if (waitedNanos > patienceNanos || Thread.currentThread().isInterrupted()) {
            throw new IOException("the NameNode puts no block on the DataNode that can link it: afterMillis="
                + TimeUnit.NANOSECONDS.toMillis(waitedNanos) + "; it is full, or has twice the other DataNodes' connections:"
                + " set dfs.namenode.redundancy.considerLoad=false at the NameNode, or submit again later", e);
        }
    }
}
