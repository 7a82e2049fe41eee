package io.livemr.extent.wire;

import io.livemr.extent.ExtentMap;
import java.util.Optional;

/**
 * Adds up the map records of one granted file to what a reader may see (docs/protocol.md, section 2).
 *
 * <p>A rejected record leaves a hole in what the guest wanted to say: an extent that it meant to replace would
 * stay in force. So a rejection withdraws the committed map, and everything up to the next {@code BEGIN} is
 * rejected for the same reason. The caller asks the guest for that announcement ({@code resync}); it also tells
 * {@link #reject} of records of this file that never came here, because they did not decode or were lost.
 *
 * <p>Identity, epoch and sequence are the caller's: only records of one file and of the present epoch belong here.
 * Not for two threads at once; what {@link #committed()} hands out is immutable.
 */
public final class FileMapAssembler {

    private final int extentLimit;
    private ExtentMap pending = ExtentMap.EMPTY;
    private CommittedMap committed;
    private RejectedRecordException broken;

    /** @param extentLimit most extents that one file may have, committed or not. */
    public FileMapAssembler(final int extentLimit) {
        this.extentLimit = extentLimit;
    }

    /**
     * Takes the next record.
     *
     * @throws RejectedRecordException {@code uncovered}, {@code shrunk} or {@code too_many_extents}; the file then
     *                                 has no committed map until it is announced again.
     */
    public void accept(final MapRecord record) throws RejectedRecordException {
        switch (record.operation()) {
            case BEGIN, REVOKE -> forget();
            case DATA, ZEROS -> add(record);
            case COMMIT -> commit(record.lengthBytes());
        }
    }

    /** What readers may see: nothing before the first {@code COMMIT}, or after a revoke or rejection. */
    public Optional<CommittedMap> committed() {
        return Optional.ofNullable(committed);
    }

    /** Withdraws the map until the next {@code BEGIN}, because a record of this file did not arrive whole. */
    public void reject(final RejectedRecordException cause) {
        forget();
        broken = cause;
    }

    private void forget() {
        pending = ExtentMap.EMPTY;
        committed = null;
        broken = null;
    }

    private void add(final MapRecord record) throws RejectedRecordException {
        requireWhole();
        final ExtentMap next = pending.with(record.extent());
        if (next.size() > extentLimit) {
            throw rejected(Reason.TOO_MANY_EXTENTS, "inode=" + record.inode() + " extentLimit=" + extentLimit);
        }
        pending = next;
    }

    private void commit(final long lengthBytes) throws RejectedRecordException {
        requireWhole();
        if (committed != null && lengthBytes < committed.lengthBytes()) {
            throw rejected(Reason.SHRUNK, "lengthBytes=" + lengthBytes + " committed=" + committed.lengthBytes());
        }
        if (!pending.covers(lengthBytes)) {
            throw rejected(Reason.UNCOVERED, "lengthBytes=" + lengthBytes + " extents=" + pending.size());
        }
        committed = new CommittedMap(pending, lengthBytes);
    }

    private void requireWhole() throws RejectedRecordException {
        if (broken != null) {
            throw new RejectedRecordException(broken.reason(), "until the next BEGIN, since " + broken.getMessage());
        }
    }

    private RejectedRecordException rejected(final Reason reason, final String facts) {
        final RejectedRecordException cause = new RejectedRecordException(reason, facts);
        reject(cause);
        return cause;
    }
}
