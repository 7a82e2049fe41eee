package io.livemr.agent.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.channel.Lines;
import io.livemr.agent.channel.Session;
import io.livemr.agent.channel.Sessions;
import io.livemr.agent.denial.DenialReason;
import io.livemr.agent.denial.DeniedException;
import io.livemr.agent.grant.Policy;
import io.livemr.agent.grant.Requester;
import io.livemr.agent.loop.WorkLoop;
import io.livemr.agent.report.Counters;
import io.livemr.extent.path.BadPatternException;
import io.livemr.extent.path.PathPattern;

/**
 * The composer's {@code list}: docs/protocol.md, section 1. One at a time, on a disk thread, so that granted files never wait for more than one
 * search. For the working thread.
 */
public final class Listings {
    private static final FolderWalk.Limits LIMITS = new FolderWalk.Limits(50_000, 1_000, 192 * 1_024);

    private final Policy policy;
    private final Sessions sessions;
    private final WorkLoop loop;
    private final Counters counters;
    private boolean busy;

    public Listings(final Policy policy, final Sessions sessions, final WorkLoop loop, final Counters counters) {
        this.policy = policy;
        this.sessions = sessions;
        this.loop = loop;
        this.counters = counters;
    }

    public void list(final JsonNode line) {
        final String id = line.path("id").asText();
        final String requester = line.path("requester").asText();
        if (!line.path("id").isTextual() || !line.path("pattern").isTextual() || !Requester.isName(requester)) {
            counters.rejected("malformed");
            return;
        }
        try {
            begin(id, PathPattern.parse(line.path("pattern").asText()), requester);
        } catch (final BadPatternException e) {
            deny(id, new DeniedException(DenialReason.BAD_PATH, e.getMessage()));
        } catch (final DeniedException e) {
            deny(id, e);
        }
    }

    private void begin(final String id, final PathPattern pattern, final String requester) throws DeniedException {
        if (busy) {
            throw new DeniedException(DenialReason.BUSY, "another listing is under way; ask again in a moment");
        }
        final FolderWalk walk = new FolderWalk(pattern, policy.tells(requester), LIMITS);
        busy = true;
        loop.onDisk(walk::find, (found, failure) -> {
            busy = false;
            if (failure == null) {
                send(listed(id, found));
                counters.done("listed");
            } else {
                deny(id, failure instanceof DeniedException denied ? denied : new DeniedException(DenialReason.IO_ERROR, String.valueOf(failure.getMessage())));
            }
        });
    }

    private static ObjectNode listed(final String id, final FolderWalk.Findings found) {
        final ObjectNode line = Lines.of("listed", id).put("truncated", found.truncated());
        final ArrayNode files = line.putArray("files");
        found.files().forEach(file -> files.addObject().put("path", file.path()).put("lengthBytes", file.lengthBytes()));
        return line;
    }

    private void deny(final String id, final DeniedException why) {
        counters.rejected(why.reason().onTheWire());
        send(Lines.of("denied", id).put("reason", why.reason().onTheWire()).put("message", why.getMessage()));
    }

    private void send(final ObjectNode line) {
        final Session session = sessions.present();
        if (session != null) {
            session.send(line);
        }
    }
}
