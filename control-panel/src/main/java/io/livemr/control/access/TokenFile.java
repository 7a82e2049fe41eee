package io.livemr.control.access;

import io.livemr.control.settings.PanelSettings;
import io.livemr.control.settings.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** The one token of the REST interface: file {@code token} of the state folder, mode 0600, made at first start. */
@Component
public class TokenFile {

    private static final int RANDOM_BYTES = 32;

    private final byte[] token;

    public TokenFile(final PanelSettings settings, final StateFolder folder) throws IOException {
        final Path file = settings.state().resolve("token");
        make(file);
        token = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
        if (token.length == 0) {
            throw new IllegalStateException("file=" + file + " is empty; delete it and start again");
        }
    }

    /** Takes the same time for every wrong token. */
    boolean matches(final String given) {
        return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }

    private static void make(final Path file) throws IOException {
        final Path draft = Files.createTempFile(file.getParent(), "token", ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            final byte[] random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            Files.writeString(draft, HexFormat.of().formatHex(random) + "\n");
            Files.createLink(file, draft);
        } catch (final FileAlreadyExistsException e) {
            return;
        } finally {
            Files.delete(draft);
        }
    }
}
