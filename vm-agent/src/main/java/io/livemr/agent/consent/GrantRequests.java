package io.livemr.agent.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.channel.Lines;
import io.livemr.agent.channel.Session;
import io.livemr.agent.channel.Sessions;
import io.livemr.agent.denial.DenialReason;
import io.livemr.agent.denial.DeniedException;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.file.GuestFileOpener;
import io.livemr.agent.grant.Grant;
import io.livemr.agent.grant.Policy;
import io.livemr.agent.grant.Requester;
import io.livemr.agent.loop.WorkLoop;
import io.livemr.agent.pin.GrantedFiles;
import io.livemr.agent.pin.PinnedFile;
import io.livemr.agent.report.Counters;
import io.livemr.agent.route.MapRoutes;
import io.livemr.extent.FileId;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composer's {@code map} and {@code unmap}: granted already, granted by policy, or a question to the owner. For the working thread. */
public final class GrantRequests {

    /** Limits and times; docs in the module's README. */
    public record Settings(int fileLimit, int requestLimit, long consentTimeoutSeconds, long defaultTtlSeconds) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(GrantRequests.class);
    private static final long TTL_LIMIT_SECONDS = 366L * 24 * 3_600;
    private static final long LOOK_MILLIS = 1_000;

    private final Settings settings;
    private final GuestFileOpener opener;
    private final Policy policy;
    private final GrantedFiles files;
    private final MapRoutes routes;
    private final RequestStore requests;
    private final ConsentMail mail;
    private final Sessions sessions;
    private final WorkLoop loop;
    private final Counters counters;
    private final Clock clock;

    public GrantRequests(
            final Settings settings, final GuestFileOpener opener, final Policy policy, final GrantedFiles files,
            final MapRoutes routes, final RequestStore requests, final ConsentMail mail, final Sessions sessions,
            final WorkLoop loop, final Counters counters, final Clock clock) {
        this.settings = settings;
        this.opener = opener;
        this.policy = policy;
        this.files = files;
        this.routes = routes;
        this.requests = requests;
        this.mail = mail;
        this.sessions = sessions;
        this.loop = loop;
        this.counters = counters;
        this.clock = clock;
    }

    public void start() {
        loop.every(LOOK_MILLIS, this::timeOut);
    }

    public int openCount() {
        return requests.size();
    }

    public void map(final JsonNode line) throws IOException {
        final String requester = line.path("requester").asText();
        if (!line.path("id").isTextual() || !line.path("path").isTextual() || !Requester.isName(requester)) {
            counters.rejected("malformed");
        } else if (line.hasNonNull("file")) {
            mapAgain(line.path("id").asText(), requester, line.path("file"));
        } else {
            mapAnew(line.path("id").asText(), line.path("path").asText(), requester, ttlSeconds(line));
        }
    }

    /** The one who asked is done; an open question is withdrawn. */
    public void unmap(final JsonNode line) throws IOException {
        final String requester = line.path("requester").asText();
        final String path = line.path("path").asText();
        for (final OpenRequest request : requests.all()) {
            if (request.path().equals(path) && request.requester().equals(requester)) {
                requests.remove(request);
            }
        }
        final PinnedFile pinned = files.table().ofPath(path);
        if (pinned != null && pinned.record().grantOf(requester).isPresent()) {
            files.revoke(pinned, requester, "unmapped");
        }
    }

    /** A file in use when the session began: known by identity, and nobody is asked again. */
    private void mapAgain(final String id, final String requester, final JsonNode file) throws IOException {
        final FileId known;
        try {
            known = new FileId(UUID.fromString(file.path("fsUuid").asText()),
                    file.path("inode").asLong(), file.path("generation").asLong());
        } catch (final IllegalArgumentException e) {
            counters.rejected("malformed");
            return;
        }
        final PinnedFile pinned = files.table().get(known);
        final Grant grant = pinned == null || pinned.isRevoking()
                ? null : pinned.record().grantOf(requester).orElse(null);
        if (grant == null) {
            deny(id, files.reasonOf(known), "this grant is over; ask the owner again");
        } else {
            files.announce(pinned, id, requester);
        }
    }

    private void mapAnew(final String id, final String path, final String requester, final long ttlSeconds)
            throws IOException {
        try {
            final GuestFile file = opener.open(path);
            final PinnedFile pinned = files.table().get(file.id());
            if (pinned != null && pinned.isRevoking()) {
                file.close();
                throw new DeniedException(DenialReason.BUSY, path + " is being revoked; ask again in a minute");
            }
            if (pinned != null && pinned.record().grantOf(requester).isPresent()) {
                file.close();
                files.announce(pinned, id, requester);
            } else {
                decide(id, file, requester, nowSeconds() + ttlSeconds);
            }
        } catch (final DeniedException denied) {
            deny(id, denied.reason().onTheWire(), denied.getMessage());
        }
    }

    private void decide(final String id, final GuestFile file, final String requester, final long expiresAtSeconds)
            throws IOException, DeniedException {
        if (files.table().get(file.id()) == null && files.count() >= settings.fileLimit()) {
            file.close();
            throw new DeniedException(DenialReason.BUSY,
                    "limit of granted files reached: limit=" + settings.fileLimit() + "; unmap one first");
        }
        if (policy.allows(requester, file.path())) {
            grant(id, file, new Grant(requester, "policy", expiresAtSeconds));
            return;
        }
        try (file) {
            ask(id, file, requester, expiresAtSeconds);
        }
    }

    private void ask(final String id, final GuestFile file, final String requester, final long expiresAtSeconds)
            throws IOException, DeniedException {
        final OpenRequest known = requests.of(file.id(), requester);
        if (known != null) {
            requests.put(known.under(id));
            mailUnlessSent(file.ownerName(), known);
        } else if (requests.size() >= settings.requestLimit()) {
            throw new DeniedException(DenialReason.BUSY,
                    "limit of open requests reached: limit=" + settings.requestLimit() + "; wait for answers");
        } else {
            askAnew(id, file, requester, expiresAtSeconds);
        }
        send(Lines.of("pending", id).put("owner", file.ownerName()));
    }

    private void askAnew(final String id, final GuestFile file, final String requester, final long expiresAtSeconds)
            throws IOException {
        final String token = ConsentToken.newToken();
        final OpenRequest request = new OpenRequest(id, file.path(), file.id(), requester, nowSeconds(),
                expiresAtSeconds, ConsentToken.hash(token, file.id(), requester, expiresAtSeconds), token);
        requests.put(request);
        FailPoint.ASK_STORED.pass();
        mailUnlessSent(file.ownerName(), request);
        FailPoint.ASK_MAILED.pass();
        counters.done("asked");
    }

    private void mailUnlessSent(final String owner, final OpenRequest request) {
        if (request.unsentToken() != null) {
            mail.send(owner, request, () -> loop.execute(() -> mailed(request)));
        }
    }

    private void mailed(final OpenRequest request) {
        final OpenRequest now = requests.of(request.file(), request.requester());
        if (now != null && request.tokenHash().equals(now.tokenHash())) {
            try {
                requests.put(now.mailed());
            } catch (final IOException e) {
                LOG.warn("cannot record that a mail was sent, it may be sent twice: path={}", request.path(), e);
            }
        }
    }

    /**
     * Pins and announces a file. Its data is written back first on a disk thread, so that the pin need not wait for it, and
     * there the way of its map is chosen; from here on the open file is not the caller's any more.
     */
    CompletableFuture<Void> grant(final String id, final GuestFile file, final Grant grant) {
        final CompletableFuture<Void> granted = new CompletableFuture<>();
        final PinnedFile known = files.table().get(file.id());
        loop.onDisk(() -> {
            file.descriptor().sync();
            // To ask for a way ends the map that the file has: one who joins takes the way there is.
            return known != null ? known.route() : routes.choose(file);
        }, (route, failure) -> {
            try {
                if (failure != null) {
                    file.close();
                    throw failure;
                }
                files.announce(files.grant(file, grant, route), id, grant.requester());
                counters.done("granted_by_" + grant.by());
                granted.complete(null);
            } catch (final DeniedException e) {
                deny(id, e.reason().onTheWire(), e.getMessage());
                granted.completeExceptionally(e);
            } catch (final Exception e) {
                LOG.error("cannot pin: path={}", file.path(), e);
                deny(id, DenialReason.IO_ERROR.onTheWire(), file.path() + ": " + e.getMessage());
                granted.completeExceptionally(e);
            }
        });
        return granted;
    }

    void deny(final String id, final String reason, final String message) {
        counters.rejected(reason);
        send(Lines.of("denied", id).put("reason", reason).put("message", message));
    }

    private void timeOut() {
        final long before = nowSeconds() - settings.consentTimeoutSeconds();
        for (final OpenRequest request : requests.all()) {
            if (request.askedAtSeconds() <= before) {
                withdraw(request);
                deny(request.id(), DenialReason.CONSENT_TIMEOUT.onTheWire(),
                        "the owner of " + request.path() + " did not answer; ask again, or ask them in person");
            }
        }
    }

    private void withdraw(final OpenRequest request) {
        try {
            requests.remove(request);
        } catch (final IOException e) {
            LOG.error("cannot record that a request is over: path={}", request.path(), e);
        }
    }

    private void send(final ObjectNode line) {
        final Session session = sessions.present();
        if (session != null) {
            session.send(line);
        }
    }

    private long ttlSeconds(final JsonNode line) {
        final long asked = line.path("ttlSeconds").asLong(0);
        return asked <= 0 ? settings.defaultTtlSeconds() : Math.min(asked, TTL_LIMIT_SECONDS);
    }

    private long nowSeconds() {
        return clock.millis() / 1_000;
    }
}
