package io.livemr.control.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.guard.StepFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What a listener is told next. Nothing is queued: the job's record and its log are there to be read from wherever a listener stands, so a
 * slow one costs no memory and one that comes back misses nothing.
 */
@Component
class EventFeed {

    private static final int CHUNK_BYTES = 32 * 1024;

    private final JobFolders folders;
    private final ObjectMapper json;

    EventFeed(final JobFolders folders, final ObjectMapper json) {
        this.folders = folders;
        this.json = json;
    }

    /** One event in its bytes, and where a listener stands that has got it. */
    record Event(byte[] bytes, EventCursor after) { }

    /** The log of an ended job comes before its end. */
    Optional<Event> next(final Job job, final EventCursor at) throws IOException {
        final boolean stateIsNew = !job.state().name().equals(at.state());
        if (stateIsNew && !job.state().isEnd()) {
            return Optional.of(state(job, at));
        }
        final Optional<Event> log = log(job, at);
        return log.isPresent() || !stateIsNew ? log : Optional.of(state(job, at));
    }

    boolean isOver(final Job job, final EventCursor at) {
        return job.state().isEnd() && job.state().name().equals(at.state());
    }

    private Event state(final Job job, final EventCursor at) {
        final Map<String, Object> data = new LinkedHashMap<>(Map.of("state", job.state()));
        data.put("reason", job.reason());
        data.put("message", job.message());
        return event("state", data, new EventCursor(at.offsetBytes(), job.state().name()));
    }

    private Optional<Event> log(final Job job, final EventCursor at) throws IOException {
        final LogSlice slice = LogSlice.read(new StepFolder(folders.driver(job.id())).log(), at.offsetBytes(), CHUNK_BYTES);
        final int lengthBytes = LogCut.lengthOf(slice.bytes(), job.state().isEnd() || slice.bytes().length == CHUNK_BYTES);
        if (lengthBytes == 0) {
            return Optional.empty();
        }
        final String text = new String(slice.bytes(), 0, lengthBytes, StandardCharsets.UTF_8);
        return Optional.of(event("log", Map.of("offset", at.offsetBytes(), "text", text),
            new EventCursor(at.offsetBytes() + lengthBytes, at.state())));
    }

    private Event event(final String name, final Map<String, Object> data, final EventCursor after) {
        try {
            final String text = "id: " + after + "\nevent: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n";
            return new Event(text.getBytes(StandardCharsets.UTF_8), after);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("text and numbers are always JSON", e);
        }
    }
}
