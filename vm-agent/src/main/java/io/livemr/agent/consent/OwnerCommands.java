package io.livemr.agent.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.channel.Lines;
import io.livemr.agent.denial.DenialReason;
import io.livemr.agent.denial.DeniedException;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.file.GuestFileOpener;
import io.livemr.agent.grant.Grant;
import io.livemr.agent.pin.GrantedFiles;
import io.livemr.agent.pin.PinnedFile;
import io.livemr.extent.FileId;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Does what {@code livemr-grant} asks, for the file's owner only: the uid that the kernel gives for the socket's other end must be
 * the file's owner's at this moment. Who may merely write the file is refused, and root too. For the working thread.
 */
public final class OwnerCommands {

    private static final String NOT_YOURS = "no such file, or you are not its owner; only the owner can answer";

    private final GuestFileOpener opener;
    private final GrantedFiles files;
    private final RequestStore requests;
    private final GrantRequests granting;

    public OwnerCommands(
            final GuestFileOpener opener, final GrantedFiles files, final RequestStore requests,
            final GrantRequests granting) {
        this.opener = opener;
        this.files = files;
        this.requests = requests;
        this.granting = granting;
    }

    /** Answers {@code {"ok": …, "message": …}}, for {@code revoke} only when the pin is off. */
    CompletableFuture<ObjectNode> answer(final UserPrincipal peer, final JsonNode command) {
        try {
            return switch (command.path("op").asText()) {
                case "list" -> done(list(peer));
                case "yes", "no", "revoke" -> onOwnFile(peer, command);
                default -> done(refused("unknown op; update livemr-grant"));
            };
        } catch (final IOException e) {
            return done(refused("failed: " + e.getMessage()));
        }
    }

    private CompletableFuture<ObjectNode> onOwnFile(final UserPrincipal peer, final JsonNode command)
            throws IOException {
        try (GuestFile file = openOwn(peer, command.path("path").asText())) {
            return command.path("op").asText().equals("revoke")
                    ? revoke(file, command)
                    : decide(peer, file, command);
        } catch (final DeniedException e) {
            return done(refused(NOT_YOURS));
        }
    }

    private GuestFile openOwn(final UserPrincipal peer, final String path) throws IOException, DeniedException {
        final GuestFile file = opener.open(path);
        if (!file.owner().equals(peer)) {
            file.close();
            throw new DeniedException(DenialReason.OWNER_SAID_NO, NOT_YOURS);
        }
        return file;
    }

    private CompletableFuture<ObjectNode> decide(final UserPrincipal peer, final GuestFile file, final JsonNode command)
            throws IOException, DeniedException {
        final String requester = command.path("requester").asText(null);
        final String token = command.path("token").asText(null);
        final List<OpenRequest> meant = requests.of(file.id()).stream()
                .filter(request -> requester == null || request.requester().equals(requester))
                .filter(request -> token == null || request.accepts(token))
                .toList();
        if (meant.isEmpty()) {
            return done(refused("no open request for this file matches (answered, timed out, or a wrong or used token);"
                    + " see livemr-grant --list"));
        }
        if (meant.size() > 1) {
            return done(refused("more than one request is open; say which with --requester: " + meant.stream()
                    .map(OpenRequest::requester).collect(Collectors.joining(", "))));
        }
        return command.path("op").asText().equals("yes") ? yes(peer, meant.get(0)) : done(no(meant.get(0)));
    }

    /** Opened again because the grant keeps its own descriptor; it must be the very same file. */
    private CompletableFuture<ObjectNode> yes(final UserPrincipal peer, final OpenRequest request)
            throws IOException, DeniedException {
        final GuestFile file = openOwn(peer, request.path());
        if (!file.id().equals(request.file())) {
            file.close();
            return done(refused("another file is at " + request.path() + " now; the request was for the former one"));
        }
        FailPoint.ASK_ANSWERED.pass();
        requests.remove(request);
        FailPoint.ASK_CLOSED.pass();
        final Grant grant = new Grant(request.requester(), "owner", request.expiresAtSeconds());
        return granting.grant(request.id(), file, grant)
                .thenApply(nothing -> accepted(request.requester() + " may read " + request.path() + " until "
                        + Instant.ofEpochSecond(request.expiresAtSeconds()) + meanwhile(request.file())))
                .exceptionally(failure -> refused("failed: " + failure.getMessage()));
    }

    private String meanwhile(final FileId granted) {
        final PinnedFile pinned = files.table().get(granted);
        return pinned != null && pinned.route().way().pins() ? "; until then it can only be appended to" : "";
    }

    private ObjectNode no(final OpenRequest request) throws IOException {
        requests.remove(request);
        granting.deny(request.id(), DenialReason.OWNER_SAID_NO.onTheWire(),
                "the owner of " + request.path() + " refused");
        return accepted("refused; " + request.requester() + " may not read " + request.path());
    }

    private CompletableFuture<ObjectNode> revoke(final GuestFile file, final JsonNode command) throws IOException {
        final PinnedFile pinned = files.table().get(file.id());
        final String requester = command.path("requester").asText(null);
        if (pinned == null || requester != null && pinned.record().grantOf(requester).isEmpty()) {
            return done(refused("nobody has a right to this file" + (requester == null ? "" : " as " + requester)));
        }
        if (requester == null) {
            return files.revokeAll(pinned, "owner_revoked").thenApply(
                    nothing -> accepted("revoked; the file is as it was before"));
        }
        final boolean last = pinned.record().grants().size() == 1;
        return files.revoke(pinned, requester, "owner_revoked").thenApply(nothing -> accepted(
                last ? "revoked; the file is as it was before" : "revoked for " + requester + "; others still read it"));
    }

    private ObjectNode list(final UserPrincipal peer) throws IOException {
        final ObjectNode answer = accepted("");
        final ArrayNode open = answer.putArray("requests");
        for (final OpenRequest request : requests.all()) {
            if (owns(peer, request)) {
                open.addObject().put("path", request.path()).put("requester", request.requester())
                        .put("until", Instant.ofEpochSecond(request.expiresAtSeconds()).toString());
            }
        }
        final ArrayNode granted = answer.putArray("grants");
        for (final PinnedFile pinned : files.table().all()) {
            if (pinned.file().owner().equals(peer)) {
                pinned.record().grants().forEach(grant -> granted.addObject()
                        .put("path", pinned.record().path()).put("requester", grant.requester()).put("by", grant.by())
                        .put("until", Instant.ofEpochSecond(grant.expiresAtSeconds()).toString()));
            }
        }
        return answer;
    }

    private boolean owns(final UserPrincipal peer, final OpenRequest request) throws IOException {
        try (GuestFile file = openOwn(peer, request.path())) {
            return file.id().equals(request.file());
        } catch (final DeniedException e) {
            return false;
        }
    }

    private static ObjectNode accepted(final String message) {
        return Lines.JSON.createObjectNode().put("ok", true).put("message", message);
    }

    private static ObjectNode refused(final String message) {
        return Lines.JSON.createObjectNode().put("ok", false).put("message", message);
    }

    private static <T> CompletableFuture<T> done(final T value) {
        return CompletableFuture.completedFuture(value);
    }
}
