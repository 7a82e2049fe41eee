package io.livemr.agent.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.channel.Lines;
import io.livemr.agent.channel.Session;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.loop.WorkLoop;
import io.livemr.agent.map.Announcement;
import io.livemr.agent.map.MapWay;
import io.livemr.agent.map.RecordLists;
import java.util.Base64;

/** {@code extents} lines of the session: docs/protocol.md, section 1. There is always this way. */
final class ChannelRoute implements MapRoute {

    @Override
    public MapWay way() {
        return MapWay.CHANNEL;
    }

    @Override
    public void check(final GuestFile file) {
        // Whoever asked for the file did so over this channel.
    }

    /** If the session ends on the way, the next one hears everything again. */
    @Override
    public void announce(
            final Session session, final GuestFile file, final Announcement what, final WorkLoop.Finished<Void> outcome) {
        final RecordLists lists = new RecordLists(file.id(), what);
        boolean open = true;
        while (open && lists.hasNext()) {
            open = session.send(sequence -> line(lists.next(sequence))) != 0;
        }
        outcome.take(null, null);
    }

    @Override
    public void withdraw(final Session session, final GuestFile file) {
        session.send(sequence -> line(RecordLists.revoke(file.id(), session.epoch(), sequence)));
    }

    @Override
    public void end(final GuestFile file) {
        // The composer's acknowledgement of the revoked line, or the end of its lease, is the end of this way, too.
    }

    private static ObjectNode line(final byte[] records) {
        return Lines.of("extents").put("records", Base64.getEncoder().encodeToString(records));
    }
}
