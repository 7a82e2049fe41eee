package io.livemr.control.job;

import io.livemr.control.web.ApiException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * How much of a job a listener has heard: the id of the last event it got.
 *
 * @param offsetBytes of the log, all before it has been told.
 * @param state       the last that was told; empty before the first.
 */
record EventCursor(long offsetBytes, String state) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-([A-Z_]{0,20})");

    /** @param text what {@link #toString} made, or null for the beginning. */
    static EventCursor parse(final String text) {
        if (text == null) {
            return new EventCursor(0, "");
        }
        final Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "header=Last-Event-ID must be the id of an event of this stream");
        }
        return new EventCursor(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    @Override
    public String toString() {
        return offsetBytes + "-" + state;
    }
}
