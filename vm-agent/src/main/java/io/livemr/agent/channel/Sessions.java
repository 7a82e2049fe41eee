package io.livemr.agent.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins and ends sessions, and keeps the present one's heart beating from a thread of its own: a slow disk must not
 * make the composer think that the agent is gone. For the agent's one working thread.
 */
public final class Sessions {

    public static final int VERSION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final int BEATS_PER_LEASE = 5;

    private final ComposerLink link;
    private final ScheduledExecutorService heart;
    private final String bootId;
    private final String agent = UUID.randomUUID().toString();
    private Session present;
    private ScheduledFuture<?> heartbeats;

    public Sessions(final ComposerLink link, final ScheduledExecutorService heart, final String bootId) {
        this.link = link;
        this.heart = heart;
        this.bootId = bootId;
    }

    public String agent() {
        return agent;
    }

    /** Ends any session there is and answers a {@code hello}. The lease is on record already. */
    public Session begin(final JsonNode hello) {
        end("another hello");
        final long leaseMillis = hello.path("leaseMillis").asLong();
        present = link.newSession(hello.path("epoch").asLong(), leaseMillis);
        final ObjectNode answer = Lines.of("hello").put("version", VERSION).put("agent", agent).put("bootId", bootId);
        answer.set("nonce", hello.get("nonce"));
        present.send(answer);
        final long beatMillis = Math.max(1, leaseMillis / BEATS_PER_LEASE);
        heartbeats = heart.scheduleAtFixedRate(
                present::sendHeartbeat, beatMillis, beatMillis, TimeUnit.MILLISECONDS);
        LOG.info("session begins: epoch={} leaseMillis={}", present.epoch(), leaseMillis);
        return present;
    }

    public void end(final String why) {
        if (present != null) {
            LOG.info("session over: {}", why);
            present.drop();
            heartbeats.cancel(false);
            present = null;
        }
    }

    /** The open session, or null. */
    public Session present() {
        if (present != null && !present.isOpen()) {
            end("composer does not read, or port failed");
        }
        return present;
    }

    public void heard(final JsonNode heartbeat) {
        if (present() != null && heartbeat.path("at").isIntegralNumber()) {
            present.heard(heartbeat.path("at").asLong());
        }
    }
}
