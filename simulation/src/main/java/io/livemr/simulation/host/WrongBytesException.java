package io.livemr.simulation.host;

import io.livemr.simulation.guest.GuestFile;

/** S1 is broken: a read gave bytes that the file did not hold. */
public final class WrongBytesException extends Exception {

    WrongBytesException(final GuestFile file, final int offsetBytes, final int lengthBytes, final long began, final long ended) {
        super("wrong bytes: file=" + file.path() + " inode=" + file.id().inode() + " offsetBytes=" + offsetBytes + " lengthBytes="
                + lengthBytes + " moments=" + began + ".." + ended);
    }
}
