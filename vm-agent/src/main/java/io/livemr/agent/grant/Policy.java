package io.livemr.agent.grant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that the VM's administrator gave beforehand: {@code {"allow":[{"requester":"ana","paths":["/data/**"]}], "list":[…]}}. Who is allowed
 * a file may also know its name; {@code list} lets names be known and nothing else.
 *
 * <p>{@code *} as requester means everyone; paths are globs ({@link java.nio.file.FileSystem#getPathMatcher}). Read anew for each
 * request. A file that anyone but root could have written says nothing.
 */
public final class Policy {

    private static final Logger LOG = LoggerFactory.getLogger(Policy.class);
    private static final String ALLOW = "allow";
    private static final String LIST = "list";
    private static final int WRITABLE_BY_OTHERS = 0022;

    private final Path path;
    private final ObjectMapper json;

    public Policy(final Path path, final ObjectMapper json) {
        this.path = path;
        this.json = json;
    }

    public boolean allows(final String requester, final String file) {
        return matchers(requester, ALLOW).stream().anyMatch(matcher -> matcher.matches(Path.of(file)));
    }

    /** Which files the requester may know the names of, as the policy is now. */
    public Predicate<String> tells(final String requester) {
        final List<PathMatcher> matchers = matchers(requester, ALLOW, LIST);
        return file -> matchers.stream().anyMatch(matcher -> matcher.matches(Path.of(file)));
    }

    private List<PathMatcher> matchers(final String requester, final String... kinds) {
        if (!Files.exists(path) || !isRootsAlone()) {
            return List.of();
        }
        try {
            final JsonNode policy = json.readTree(Files.readAllBytes(path));
            return Stream.of(kinds).flatMap(kind -> elements(policy.path(kind))).filter(rule -> isFor(rule, requester))
                    .flatMap(rule -> elements(rule.path("paths")))
                    .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob.asText())).toList();
        } catch (final IOException | IllegalArgumentException e) {
            LOG.warn("policy ignored, not readable: path={} because={}", path, e.getMessage());
            return List.of();
        }
    }

    private static Stream<JsonNode> elements(final JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static boolean isFor(final JsonNode rule, final String requester) {
        final String who = rule.path("requester").asText("");
        return who.equals("*") || who.equals(requester);
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
}
