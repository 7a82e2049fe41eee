package io.livemr.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.channel.ComposerLink;
import io.livemr.agent.channel.Lines;
import io.livemr.agent.channel.Session;
import io.livemr.agent.channel.Sessions;
import io.livemr.agent.consent.GrantRequests;
import io.livemr.agent.grant.GrantStore;
import io.livemr.agent.listing.Listings;
import io.livemr.agent.loop.WorkLoop;
import io.livemr.agent.pin.GrantedFiles;
import io.livemr.agent.report.Counters;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the composer's lines ask: docs/protocol.md, section 1. Lines come on the reading thread and are done on the working thread. */
final class ComposerCommands implements ComposerLink.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(ComposerCommands.class);
    private static final long LEASE_LIMIT_MILLIS = 10 * 60 * 1_000L;

    private final WorkLoop loop;
    private final Sessions sessions;
    private final GrantStore store;
    private final GrantedFiles files;
    private final GrantRequests requests;
    private final Listings listings;
    private final StatusReport status;
    private final Counters counters;

    ComposerCommands(
            final WorkLoop loop, final Sessions sessions, final GrantStore store, final GrantedFiles files,
            final GrantRequests requests, final Listings listings, final StatusReport status, final Counters counters) {
        this.loop = loop;
        this.sessions = sessions;
        this.store = store;
        this.files = files;
        this.requests = requests;
        this.listings = listings;
        this.status = status;
        this.counters = counters;
    }

    @Override
    public void line(final JsonNode line, final Runnable done) {
        loop.execute(() -> {
            try {
                doLine(line);
            } catch (final IOException e) {
                LOG.error("command failed: type={}", line.path("type").asText(), e);
            } finally {
                done.run();
            }
        });
    }

    @Override
    public void hostGone() {
        loop.execute(() -> sessions.end("the host is gone"));
    }

    private void doLine(final JsonNode line) throws IOException {
        final String type = line.path("type").asText();
        if (type.equals("hello")) {
            hello(line);
        } else if (sessions.present() == null) {
            counters.rejected("malformed");
        } else {
            doInSession(type, line);
        }
    }

    private void doInSession(final String type, final JsonNode line) throws IOException {
        switch (type) {
            case "map" -> requests.map(line);
            case "unmap" -> requests.unmap(line);
            case "list" -> listings.list(line);
            case "ack" -> files.acknowledged(line.path("sequence").asLong());
            case "heartbeat" -> sessions.heard(line);
            case "resync" -> resync(line);
            case "status" -> report(line);
            default -> counters.rejected("unknown_type");
        }
    }

    private void hello(final JsonNode line) throws IOException {
        final long leaseMillis = line.path("leaseMillis").asLong();
        if (line.path("version").asInt() != Sessions.VERSION) {
            counters.rejected("bad_version");
        } else if (!line.hasNonNull("nonce") || !line.path("epoch").isIntegralNumber()
                || leaseMillis <= 0 || leaseMillis > LEASE_LIMIT_MILLIS) {
            counters.rejected("malformed");
        } else {
            store.putLease(leaseMillis);
            sessions.begin(line);
            counters.done("sessions");
        }
    }

    private void resync(final JsonNode line) {
        final Session session = sessions.present();
        final long epoch = line.path("epoch").asLong();
        if (epoch <= session.epoch()) {
            counters.rejected("stale_epoch");
            return;
        }
        session.raiseEpoch(epoch);
        files.announceAll();
    }

    private void report(final JsonNode line) {
        final ObjectNode report = Lines.of("status", line.path("id").asText());
        status.writeTo(report);
        sessions.present().send(report);
    }
}
