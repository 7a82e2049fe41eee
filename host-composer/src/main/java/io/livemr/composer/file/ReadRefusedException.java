package io.livemr.composer.file;

/** A read that was not answered, because nobody can vouch for the bytes. Carries what a file system should return. */
public final class ReadRefusedException extends Exception {

    /** What a reader gets instead of bytes; docs/protocol.md section 3.4. */
    public enum Errno {
        /** {@code EIO}: the file failed for good. */
        EIO(5),
        /** {@code EACCES}: the owner took the grant back. */
        EACCES(13),
        /** {@code ESTALE}: the map is out of date and did not become good within the wait. */
        ESTALE(116);

        private final int number;

        Errno(final int number) {
            this.number = number;
        }

        /** Linux's number, positive. */
        public int number() {
            return number;
        }
    }

    private final Errno errno;
    private final String reason;

    public ReadRefusedException(final Errno errno, final String reason, final String message) {
        // Refusals can come at the rate of reads and say where they come from by reason: a stack trace is only cost.
        super(message, null, false, false);
        this.errno = errno;
        this.reason = reason;
    }

    /** Linux errno, positive. */
    public int errno() {
        return errno.number();
    }

    /** The errno by name. */
    public Errno error() {
        return errno;
    }

    /** One word in snake case; docs/protocol.md section 3. */
    public String reason() {
        return reason;
    }
}
