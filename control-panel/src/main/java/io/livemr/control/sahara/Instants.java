package io.livemr.control.sahara;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as Sahara writes them. */
final class Instants {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private Instants() { }

    /** Null stays null. */
    static String text(final Long millis) {
        return millis == null ? null : FORMAT.format(Instant.ofEpochMilli(millis));
    }
}
