package io.livemr.extent.wire;

import java.util.Optional;

/**
 * Adds up the map records of one granted file to what a reader may see (docs/protocol.md, section 2).
 *
 * <p>A rejected record leaves a hole in what the guest wanted to say: an extent that it meant to replace would
 * stay in force. So a rejection withdraws the committed map, and everything up to the next {@code BEGIN} is
 * rejected for the same reason. The caller asks the guest for that announcement ({@code resync}); it also tells
 * {@link #reject} of records of this file that never came here, because they did not decode or were lost.
 *
 * <p>Two kinds of sender: one says a whole state and its length with {@code COMMIT}, where a gap is an error; the other
 * tells of single writes as they complete and says {@code EXTEND} now and then, where what stands behind a gap waits for it.
 * {@code EXTEND} means nothing before the first {@code COMMIT} after a {@code BEGIN}: in the middle of an announcement
 * the file would look truncated.
 *
 * <p>Identity, epoch and sequence are the caller's: only records of one file and of the present epoch belong here.
 * Not for two threads at once; what {@link #committed()} hands out is immutable.
 */
public final class FileMapAssembler {

    private final int extentLimit;
    private Coverage pending = new Coverage();
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
            case EXTEND -> extend(record.lengthBytes());
            case VOID -> throw new IllegalStateException("says nothing of one file: operation=VOID");
        }
    }

    /** What readers may see: nothing before the first {@code COMMIT}, nor after a revoke or rejection. */
    public Optional<CommittedMap> committed() {
        return Optional.ofNullable(committed);
    }

    /**
     * Withdraws the map until the next {@code BEGIN}, because a record of this file did not arrive whole.
     *
     * @return false if the cause is what {@link #accept} has thrown for a map that was withdrawn before: nothing new.
     */
    public boolean reject(final RejectedRecordException cause) {
        if (cause == broken) {
            return false;
        }
        forget();
        broken = cause;
        return true;
    }

    private void forget() {
        pending = new Coverage();
        committed = null;
        broken = null;
    }

    private void add(final MapRecord record) throws RejectedRecordException {
        requireWhole();
        pending.add(record.extent(), record.lengthBytes());
        if (pending.size() > extentLimit) {
            throw rejected(Reason.TOO_MANY_EXTENTS, "inode=" + record.inode() + " extentLimit=" + extentLimit);
        }
    }

    private void commit(final long lengthBytes) throws RejectedRecordException {
        requireWhole();
        if (committed != null && lengthBytes < committed.lengthBytes()) {
            throw rejected(Reason.SHRUNK, "lengthBytes=" + lengthBytes + " committed=" + committed.lengthBytes());
        }
        if (pending.coveredBytes() < lengthBytes) {
            throw rejected(Reason.UNCOVERED, "lengthBytes=" + lengthBytes + " covered=" + pending.coveredBytes());
        }
        committed = new CommittedMap(pending.extents(), lengthBytes);
    }

    private void extend(final long lengthBytes) throws RejectedRecordException {
        requireWhole();
        if (committed == null) {
            // In the middle of an announcement: what is covered so far is no length of the file.
            return;
        }
        final long coveredBytes = pending.coveredBytes();
        if (coveredBytes < committed.lengthBytes()) {
            throw rejected(Reason.SHRUNK, "covered=" + coveredBytes + " committed=" + committed.lengthBytes());
        }
        committed = new CommittedMap(
                pending.extents(), Math.max(committed.lengthBytes(), Math.min(lengthBytes, coveredBytes)));
    }

    private void requireWhole() throws RejectedRecordException {
        if (broken != null) {
            throw broken;
        }
    }

    private RejectedRecordException rejected(final Reason reason, final String facts) {
        final RejectedRecordException cause = new RejectedRecordException(reason, facts);
        reject(cause);
        return cause;
    }
}
