package io.livemr.launcher.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Reads server-sent events, as the HTML standard has them. For one thread. */
final class EventReader implements AutoCloseable {
    private final BufferedReader lines;
    private String id = "";

    EventReader(final InputStream stream) {
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** @param id of this event, or the last that was sent. */
    record Event(String id, String name, String data) {
    }

    /** The next event; null at the end of the stream. One that is cut short is none. */
    Event next() throws IOException {
        String name = "message";
        final StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && data.length() > 0) {
                return new Event(id, name, data.substring(0, data.length() - 1));
            }
            final int colon = line.indexOf(':');
            // A comment has an empty name.
            final String value = colon < 0 ? "" : line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
            switch (colon < 0 ? line : line.substring(0, colon)) {
                case "id" -> id = value;
                case "event" -> name = value;
                case "data" -> data.append(value).append('\n');
                default -> { }
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
