package io.livemr.agent.kernel;

import java.io.IOException;

/** A SCSI device, or the way to it, said no; {@link #sense()} tells why if the device said so. */
public final class ScsiException extends IOException {

    private final transient SenseData sense;

    public ScsiException(final String message, final SenseData sense) {
        super(message + " sense=" + sense);
        this.sense = sense;
    }

    public SenseData sense() {
        return sense;
    }
}
