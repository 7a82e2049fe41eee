package io.livemr.composer.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.livemr.composer.file.ComposeException;
import io.livemr.composer.file.ComposeRequest;
import io.livemr.composer.session.GuestListing;
import io.livemr.composer.session.ListingException;
import io.livemr.composer.session.VmLink;
import io.livemr.composer.session.VmLinks;
import io.livemr.extent.path.BadPatternException;
import io.livemr.extent.path.PathPattern;

/** {@code GET /v1/vms/NAME/files?pattern=…&requester=…}: docs/protocol.md, section 4. */
record ListingRoute(VmLinks vms) implements Handler {

    @Override
    public void handle(final Context context) throws ComposeException, InterruptedException {
        final String requester = context.queryParam("requester");
        ComposeRequest.requireRequester(requester);
        final String name = context.pathParam("name");
        final VmLink vm = vms.find(name).orElseThrow(() -> new ComposeException(404, "unknown_vm", "no VM named " + name + " on this host"));
        try {
            context.json(report(vm.list(pattern(context), requester)));
        } catch (final ListingException e) {
            throw new ComposeException(status(e.reason()), e.reason(), "vm=" + name + ": " + e.getMessage());
        }
    }

    private static PathPattern pattern(final Context context) throws ComposeException {
        final String text = context.queryParam("pattern");
        try {
            return PathPattern.parse(text == null ? "" : text);
        } catch (final BadPatternException e) {
            throw new ComposeException(400, "bad_pattern", e.getMessage());
        }
    }

    /** What the agent denies is about the request; the rest may pass. */
    private static int status(final String reason) {
        return switch (reason) {
            case "busy" -> 429;
            case "bad_answer" -> 502;
            case "agent_absent" -> 503;
            case "agent_silent" -> 504;
            default -> 422;
        };
    }

    private static ObjectNode report(final GuestListing listing) {
        final ObjectNode report = JsonNodeFactory.instance.objectNode().put("truncated", listing.truncated());
        final ArrayNode files = report.putArray("files");
        listing.files().forEach(file -> files.addObject().put("path", file.path()).put("lengthBytes", file.lengthBytes()));
        return report;
    }
}
