package io.livemr.system.failpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.lab.LabVm;
import io.livemr.lab.ssh.ExecResult;
import io.livemr.lab.ssh.GuestCommand;
import io.livemr.launcher.client.ApiException;
import io.livemr.launcher.client.ComposerClient.Source;
import io.livemr.system.Sha256;
import io.livemr.system.Site;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A small file of the owner's, and what its owner and a requester do with it: each call once. */
final class OwnedFile {
    private static final int MOST_BYTES = 20_000;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(90);

    private final Site site;
    private final LabVm vm;
    private final String path;
    private final byte[] content;

    OwnedFile(final Site site, final LabVm vm, final String path, final Random random) {
        this.site = site;
        this.vm = vm;
        this.path = path;
        this.content = new byte[1 + random.nextInt(MOST_BYTES)];
        random.nextBytes(content);
    }

    /** On the disk, whatever becomes of QEMU. */
    void create() {
        vm.run(GuestCommand.of("cat > " + path + "; sync").as(Site.OWNER).stdin(new ByteArrayInputStream(content))).orThrow();
    }

    String path() {
        return path;
    }

    String sha256() {
        return Sha256.of(content, content.length);
    }

    /** The same file for the same wish. */
    JsonNode composeFor(final String requester) {
        final String name = site.stack().composer().compose(requester, List.of(new Source(vm.domain(), path))).path("name").asText();
        return site.file(name);
    }

    /** Whether the composed file has these bytes, right ones whatever it says. */
    boolean isRight(final JsonNode file) throws IOException {
        final byte[] read = Files.readAllBytes(Path.of(file.path("path").asText()));
        if (read.length > content.length || Arrays.mismatch(read, 0, read.length, content, 0, read.length) >= 0) {
            throw new AssertionError("wrong bytes in " + file);
        }
        return read.length == content.length;
    }

    /** @param answer as {@code --yes}. */
    ExecResult answer(final String answer) {
        return vm.run(GuestCommand.of("livemr-grant", path, answer).as(Site.OWNER).limit(ANSWER_LIMIT));
    }

    /** Whether the composer has no such file any more. */
    boolean isDeleted(final String name) {
        try {
            site.stack().composer().delete(name);
            return true;
        } catch (final ApiException e) {
            return e.status() == 404;
        }
    }
}
