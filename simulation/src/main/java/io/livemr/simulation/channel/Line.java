package io.livemr.simulation.channel;

import io.livemr.composer.grant.MapWay;
import io.livemr.extent.FileId;

/**
 * A line between agent and composer: docs/protocol.md, section 1. As values, not as JSON: how a line is spelled is not what is simulated.
 */
public sealed interface Line {

    // ---- from the composer

    record Hello(long epoch) implements Line {
    }

    /** @param file null when the owner is to be asked for the file at the path. */
    record Ask(long path, FileId file) implements Line {
    }

    record Ack(long sequence) implements Line {
    }

    record Resync(long epoch) implements Line {
    }

    /** @param atNanos the composer's clock when it was written, or what the agent repeats of it. */
    record Beat(long atNanos) implements Line {
    }

    // ---- from the agent

    record Welcome() implements Line {
    }

    record Granted(long path, FileId file, MapWay way) implements Line {
    }

    record Denied(long path) implements Line {
    }

    /** @param records as bytes: they go through the real codec. */
    record Extents(byte[] records) implements Line {
    }

    record Revoked(FileId file) implements Line {
    }
}
