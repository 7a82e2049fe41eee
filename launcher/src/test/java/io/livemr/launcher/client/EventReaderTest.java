package io.livemr.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private static List<EventReader.Event> read(final String stream) throws Exception {
        final List<EventReader.Event> events = new ArrayList<>();
        try (EventReader reader = new EventReader(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)))) {
            for (EventReader.Event event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        return events;
    }

    @Test
    void shouldReadNameIdAndData() throws Exception {
        assertThat(read("id: 7-RUNNING\nevent: log\ndata: {\"a\":1}\n\n")).containsExactly(new EventReader.Event("7-RUNNING", "log", "{\"a\":1}"));
    }

    @Test
    void shouldPutLinesOfDataTogetherAndKeepTheLastId() throws Exception {
        assertThat(read("id:1\ndata: a\ndata:b\n\ndata:  c\n\n"))
            .containsExactly(new EventReader.Event("1", "message", "a\nb"), new EventReader.Event("1", "message", " c"));
    }

    @Test
    void shouldPassOverCommentsAndWhatItDoesNotKnow() throws Exception {
        assertThat(read(":\n\n: still here\nretry: 5\nfoo\ndata\ndata: x\n\n")).containsExactly(new EventReader.Event("", "message", "\nx"));
    }

    @Test
    void shouldTakeNoEventThatIsCutShort() throws Exception {
        assertThat(read("data: whole\n\ndata: half\n")).hasSize(1);
    }
}
