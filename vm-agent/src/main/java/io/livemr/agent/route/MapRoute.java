package io.livemr.agent.route;

import io.livemr.agent.channel.Session;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.loop.WorkLoop;
import io.livemr.agent.map.Announcement;
import io.livemr.agent.map.FileSnapshot;
import io.livemr.agent.map.MapWay;
import io.livemr.agent.map.SnapshotReader;
import java.io.IOException;

/**
 * One way on which maps reach the composer. Serves all files that go it; knows nothing of a file between two calls.
 *
 * <p>For the working thread, but for {@link #check} and {@link #look}, which wait for disks. A {@link WayGoneException} from any
 * of them says that trying again is no use.
 */
public interface MapRoute {

    MapWay way();

    /** Throws unless this file can go this way now. */
    void check(GuestFile file) throws IOException;

    /** Finds out what there is to say of a file from an offset on; nothing, if somebody else says it. */
    default FileSnapshot look(final GuestFile file, final long fromBytes) throws IOException {
        return SnapshotReader.read(file, fromBytes);
    }

    /** Says it, and tells the outcome on the working thread: before it returns, or later. */
    void announce(Session session, GuestFile file, Announcement what, WorkLoop.Finished<Void> outcome);

    /** Readers wait from here on until the next announcement. */
    void withdraw(Session session, GuestFile file) throws IOException;

    /**
     * The composer has stopped serving the file; on return nothing that was said on this way can be used either, so its blocks
     * may be freed. May be repeated.
     */
    void end(GuestFile file) throws IOException;
}
