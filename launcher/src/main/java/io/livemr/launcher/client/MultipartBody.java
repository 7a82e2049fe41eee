package io.livemr.launcher.client;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A {@code multipart/form-data} body whose files are streamed from disk. Used once, by one thread. */
final class MultipartBody {
    private final String boundary = "livemr-" + UUID.randomUUID();
    private final List<BodyPublisher> pieces = new ArrayList<>();

    /** @param type of the text, such as {@code application/json}. */
    MultipartBody text(final String name, final String type, final String text) {
        return part("name=\"" + name + "\"", type, BodyPublishers.ofString(text));
    }

    MultipartBody file(final String name, final Path file) throws FileNotFoundException {
        return part("name=\"" + name + "\"; filename=\"" + name + "\"", "application/octet-stream", BodyPublishers.ofFile(file));
    }

    private MultipartBody part(final String disposition, final String type, final BodyPublisher content) {
        pieces.add(BodyPublishers.ofString("--" + boundary + "\r\nContent-Disposition: form-data; " + disposition
            + "\r\nContent-Type: " + type + "\r\n\r\n"));
        pieces.add(content);
        pieces.add(BodyPublishers.ofString("\r\n"));
        return this;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    BodyPublisher publisher() {
        final List<BodyPublisher> all = new ArrayList<>(pieces);
        all.add(BodyPublishers.ofString("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(all.toArray(BodyPublisher[]::new));
    }
}
