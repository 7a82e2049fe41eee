package io.livemr.hdfs.composer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;

/**
 * Where the composer is and what it wants to hear, from the configuration. Files are read anew each time, so a composer
 * may come back on another port or with another token.
 */
public final class ComposerAddress {

    /** {@code http://HOST:PORT}, or {@code file:/PATH} of a file that holds it. */
    public static final String URL_KEY = "livemr.composer.url";
    /** File with the bearer token. */
    public static final String TOKEN_FILE_KEY = "livemr.composer.token.file";

    private final Configuration conf;

    public ComposerAddress(Configuration conf) {
        this.conf = conf;
    }

    public static boolean isSet(Configuration conf) {
        return !conf.getTrimmed(URL_KEY, "").isEmpty();
    }

    public URI resolve(String path) throws IOException {
        final String url = required(URL_KEY);
        final String base = url.startsWith("file:") ? Files.readString(Path.of(URI.create(url))).trim() : url;
        return URI.create(base.replaceAll("/+$", "") + path);
    }

    public String token() throws IOException {
        return Files.readString(Path.of(required(TOKEN_FILE_KEY))).trim();
    }

    private String required(String key) throws IOException {
        final String value = conf.getTrimmed(key, "");
        if (value.isEmpty()) {
            throw new IOException(key + " is not set; it must name the composer (see block-link's README)");
        }
        return value;
    }
}
