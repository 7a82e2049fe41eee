package io.livemr.agent.route;

import io.livemr.agent.disk.DiskIdentity;
import java.io.IOException;

/** Hands a list of map records to a whole disk. */
public interface MapCommand {

    /**
     * Returns when the disk has taken all of them.
     *
     * @param records at most 1,024 whole ones; none asks only whether the disk takes the command.
     * @throws WayGoneException if the disk does not take the command.
     */
    void send(DiskIdentity disk, byte[] records) throws IOException;
}
