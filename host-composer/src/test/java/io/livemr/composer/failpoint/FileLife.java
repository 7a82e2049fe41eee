package io.livemr.composer.failpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;

/** The life of one composed file of two sources, as a client goes through it: each call is sent again until it is answered, and its result waited for. */
final class FileLife {

    private final String firstPath;
    private final String lastPath;
    private final GuestFile first;
    private final GuestFile last;
    private final ModelGuest guest;
    private final Watcher watcher;
    private final ComposerLives lives;
    private String name;

    FileLife(final String tag, final ModelGuest guest, final Watcher watcher, final ComposerLives lives) {
        this.firstPath = "/data/" + tag + "-first";
        this.lastPath = "/data/" + tag + "-last";
        this.first = guest.create(firstPath);
        this.last = guest.create(lastPath);
        this.guest = guest;
        this.watcher = watcher;
        this.lives = lives;
    }

    void compose() throws Exception {
        lives.await("a name", this::isNamed);
        lives.await("LIVE", this::isComplete);
    }

    private boolean isNamed() throws IOException {
        final var answer = lives.life().call("POST", "/v1/files", """
                {"requester": "bob", "sources": [{"vm": "vm1", "path": "%s"}, {"vm": "vm1", "path": "%s"}]}""".formatted(firstPath, lastPath));
        if (answer.statusCode() != 202) {
            return false;
        }
        name = ComposerProcess.json(answer.body()).path("name").asText();
        watcher.watch(name);
        return true;
    }

    /** Live, alone, and byte for byte the first source up to a length that it had, then all of the last one. */
    private boolean isComplete() throws IOException {
        final JsonNode files = lives.life().get("/v1/files");
        if (files.size() != 1) {
            throw new AssertionError("one wish, but these files: " + files);
        }
        return "LIVE".equals(files.get(0).path("state").asText()) && isWhole(watcher.read(name));
    }

    private boolean isWhole(final byte[] content) {
        final int firstBytes = content.length - last.lengthBytes();
        return first.lengths.contains(firstBytes)
                && Arrays.equals(content, 0, firstBytes, first.bytes(firstBytes), 0, firstBytes)
                && Arrays.equals(content, firstBytes, content.length, last.bytes(last.lengthBytes()), 0, last.lengthBytes());
    }

    void grow(final int times) throws Exception {
        for (int i = 0; i < times; i++) {
            guest.grow(first);
            guest.grow(last);
            lives.await("growth " + i, this::isComplete);
        }
    }

    void takeBack() throws Exception {
        guest.revoke(last);
        lives.await("REVOKED", () -> {
            final JsonNode file = lives.life().get("/v1/files/" + name);
            return "REVOKED".equals(file.path("state").asText()) && "owner_revoked".equals(file.path("reason").asText()) && isUnreadable();
        });
    }

    private boolean isUnreadable() {
        try {
            return watcher.read(name).length == 0;
        } catch (final IOException e) {
            return true;
        }
    }

    void delete() throws Exception {
        lives.await("deleted", () -> {
            final int status = lives.life().call("DELETE", "/v1/files/" + name, null).statusCode();
            return status == 204 || status == 404;
        });
        awaitForgotten();
    }

    void awaitForgotten() throws Exception {
        lives.await("forgotten", () -> lives.life().get("/v1/files").isEmpty() && lives.life().hasNoDocument() && guest.isUnmapped(firstPath));
    }
}
