package io.livemr.hdfs.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.livemr.hdfs.composer.GuestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.HadoopIllegalArgumentException;

/**
 * The CONF of {@code -composeFromLocal}: a JSON object from VM to a path or a list of paths, in the order in which the
 * file is to be put together. {@code {"web1": "/var/log/a", "web2": ["/var/log/a", "/var/log/b"]}}
 */
final class ComposeConf {

    private static final JsonMapper JSON =
        JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private ComposeConf() {
    }

    /** @param conf a file of this machine, or the JSON itself. */
    static List<GuestFile> read(String conf) throws IOException {
        return parse(conf.stripLeading().startsWith("{") ? conf : contentOf(conf), conf);
    }

    private static String contentOf(String file) throws IOException {
        try {
            return Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new HadoopIllegalArgumentException(file + ": no such file on this machine");
        }
    }

    private static List<GuestFile> parse(String text, String conf) {
        final List<GuestFile> sources = new ArrayList<>();
        final JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw malformed(conf, e.getOriginalMessage());
        }
        if (!root.isObject() || root.isEmpty()) {
            throw malformed(conf, "it is not an object, or an empty one");
        }
        root.fields().forEachRemaining(vm -> addPaths(sources, vm.getKey(), vm.getValue(), conf));
        return sources;
    }

    private static void addPaths(List<GuestFile> sources, String vm, JsonNode paths, String conf) {
        if (paths.isArray() && !paths.isEmpty()) {
            paths.forEach(path -> addPath(sources, vm, path, conf));
        } else {
            addPath(sources, vm, paths, conf);
        }
    }

    private static void addPath(List<GuestFile> sources, String vm, JsonNode path, String conf) {
        if (!path.isTextual() || !path.asText().startsWith("/")) {
            throw malformed(conf, "vm=" + vm + " path=" + path + " is not an absolute path");
        }
        sources.add(new GuestFile(vm, path.asText()));
    }

    private static HadoopIllegalArgumentException malformed(String conf, String why) {
        return new HadoopIllegalArgumentException(
            conf + ": " + why + "; wanted is JSON like {\"vm\": \"/path\"} or {\"vm\": [\"/path1\", \"/path2\"]}");
    }
}
