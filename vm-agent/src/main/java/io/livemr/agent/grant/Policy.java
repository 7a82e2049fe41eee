package io.livemr.agent.grant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that the VM's administrator gave beforehand: {@code {"allow":[{"requester":"ana","paths":["/data/**"]}]}}.
 *
 * <p>{@code *} as requester means everyone; paths are globs ({@link java.nio.file.FileSystem#getPathMatcher}). Read anew for each
 * request. A file that anyone but root could have written says nothing.
 */
public final class Policy {

    private static final Logger LOG = LoggerFactory.getLogger(Policy.class);
    private static final int WRITABLE_BY_OTHERS = 0022;

    private final Path path;
    private final ObjectMapper json;

    public Policy(final Path path, final ObjectMapper json) {
        this.path = path;
        this.json = json;
    }

    public boolean allows(final String requester, final String file) {
        if (!Files.exists(path) || !isRootsAlone()) {
            return false;
        }
        try {
            for (final JsonNode rule : json.readTree(Files.readAllBytes(path)).path("allow")) {
                if (matches(rule, requester, Path.of(file))) {
                    return true;
                }
            }
        } catch (final IOException | IllegalArgumentException e) {
            LOG.warn("policy ignored, not readable: path={} because={}", path, e.getMessage());
        }
        return false;
    }

    private boolean isRootsAlone() {
        try {
            final Map<String, Object> stat = Files.readAttributes(path, "unix:uid,mode");
            final boolean good = (int) stat.get("uid") == 0 && ((int) stat.get("mode") & WRITABLE_BY_OTHERS) == 0;
            if (!good) {
                LOG.warn("policy ignored, others can write it: path={}; chown root and chmod go-w it", path);
            }
            return good;
        } catch (final IOException e) {
            LOG.warn("policy ignored: path={} because={}", path, e.getMessage());
            return false;
        }
    }

    private static boolean matches(final JsonNode rule, final String requester, final Path file) {
        final String who = rule.path("requester").asText("");
        if (!who.equals("*") && !who.equals(requester)) {
            return false;
        }
        for (final JsonNode glob : rule.path("paths")) {
            if (FileSystems.getDefault().getPathMatcher("glob:" + glob.asText()).matches(file)) {
                return true;
            }
        }
        return false;
    }
}
