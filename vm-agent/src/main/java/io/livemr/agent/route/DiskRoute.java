package io.livemr.agent.route;

import io.livemr.agent.channel.Session;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.loop.WorkLoop;
import io.livemr.agent.map.Announcement;
import io.livemr.agent.map.MapWay;
import io.livemr.agent.map.RecordLists;
import java.io.IOException;

/**
 * Vendor commands to the whole disk under the file system, whose sectors the records count. QEMU answers them in bounded time, so
 * they are sent from the working thread, in one go.
 */
final class DiskRoute implements MapRoute {

    private static final byte[] NO_RECORDS = {};
    private static final long ANY_EPOCH = 0;

    private final MapCommand command;

    DiskRoute(final MapCommand command) {
        this.command = command;
    }

    @Override
    public MapWay way() {
        return MapWay.DISK;
    }

    @Override
    public void check(final GuestFile file) throws IOException {
        command.send(file.layout().disk(), NO_RECORDS);
    }

    @Override
    public void announce(
            final Session session, final GuestFile file, final Announcement what, final WorkLoop.Finished<Void> outcome) {
        try {
            final RecordLists lists = new RecordLists(file.id(), what);
            while (lists.hasNext()) {
                command.send(file.layout().disk(), lists.next(0));
            }
        } catch (final IOException e) {
            outcome.take(null, e);
            return;
        }
        outcome.take(null, null);
    }

    @Override
    public void withdraw(final Session session, final GuestFile file) throws IOException {
        revoke(file, session.epoch());
    }

    @Override
    public void end(final GuestFile file) throws IOException {
        try {
            revoke(file, ANY_EPOCH);
        } catch (final WayGoneException nobodyThere) {
            // A QEMU that does not take the command holds no map, either.
            return;
        }
    }

    private void revoke(final GuestFile file, final long epoch) throws IOException {
        command.send(file.layout().disk(), RecordLists.revoke(file.id(), epoch, 0));
    }
}
