package io.livemr.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A panel that breaks off after each event. */
class JobEventsTest {
    private static final List<String> STREAM = List.of("id: 0-RUNNING\nevent: state\ndata: {\"state\":\"RUNNING\"}\n\n",
        "id: 3-RUNNING\nevent: log\ndata: {\"text\":\"abc\"}\n\nid: 3-", "id: 3-SUCCEEDED\nevent: state\ndata: {\"state\":\"SUCCEEDED\"}\n\n");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private HttpServer server;
    private volatile int refuseWith;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(final HttpExchange exchange) throws IOException {
        asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
        final String part = STREAM.get(Math.min(asked.size(), STREAM.size()) - 1);
        exchange.sendResponseHeaders(refuseWith == 0 ? 200 : refuseWith, 0);
        exchange.getResponseBody().write(part.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    private JobEvents events(final Duration patience) {
        final URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new JobEvents(new JsonHttp("panel", url, Credentials.NONE), "/api/v1/jobs/j", patience);
    }

    @Test
    void shouldGoOnBehindTheLastEventUntilTheEnd() {
        events(Duration.ofMinutes(1)).follow((name, data) -> heard.add(name + data));

        assertThat(heard).containsExactly("state{\"state\":\"RUNNING\"}", "log{\"text\":\"abc\"}", "state{\"state\":\"SUCCEEDED\"}");
        assertThat(asked).containsExactly("null", "0-RUNNING", "3-RUNNING");
    }

    @Test
    void shouldGiveUpAtOnceWhenThePanelRefuses() {
        refuseWith = 404;

        assertThatThrownBy(() -> events(Duration.ofMinutes(1)).follow((name, data) -> { })).isInstanceOf(ApiException.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void shouldGiveUpWhenThePanelStaysAway() {
        refuseWith = 503;

        assertThatThrownBy(() -> events(Duration.ofMillis(600)).follow((name, data) -> { })).isInstanceOf(ApiException.class);
        assertThat(asked).hasSizeGreaterThan(1);
    }
}
