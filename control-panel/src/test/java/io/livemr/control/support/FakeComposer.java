package io.livemr.control.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A composer as the panel sees one: docs/protocol.md section 4 over a real socket. What becomes of a file is scripted by its path. */
public final class FakeComposer implements AutoCloseable {

    public static final String TOKEN = "composer-token";

    private static final Set<Object> OVER = Set.of("DENIED", "REVOKED", "FAILED");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final Map<String, Map<String, Object>> files = new ConcurrentHashMap<>();
    private final List<OutputStream> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger names = new AtomicInteger();
    private final List<String> vms = new CopyOnWriteArrayList<>(List.of("vm1", "vm2"));
    private final Map<String, String> uuids = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile int failWith;

    public FakeComposer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            final Thread thread = new Thread(task, "fake composer");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public static Path tokenFile(final Path folder) throws IOException {
        return Files.writeString(folder.resolve("composer-token"), TOKEN + "\n");
    }

    public void vms(final String... names) {
        vms.clear();
        vms.addAll(List.of(names));
    }

    public void uuid(final String vm, final String uuid) {
        uuids.put(vm, uuid);
    }

    /** Every request that is not for health is answered with this status; 0 for none. */
    public void failWith(final int status) {
        failWith = status;
    }

    public Map<String, Map<String, Object>> files() {
        return files;
    }

    public List<String> calls() {
        return calls;
    }

    /** Gives a file a new state and tells whoever listens. */
    public void set(final String path, final String state, final String reason) {
        files.values().stream().filter(file -> ofSource(file, "path").equals(path)).forEach(file -> {
            file.put("state", state);
            file.put("reason", reason);
            tell((String) file.get("name"), state);
        });
    }

    public void forget() {
        files.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(final HttpExchange exchange) throws IOException {
        final String path = exchange.getRequestURI().getPath();
        final String call = exchange.getRequestMethod() + " " + path;
        calls.add(call);
        try {
            if (failWith != 0) {
                problem(exchange, failWith, "io_error", "scripted");
            } else if (path.equals("/health")) {
                send(exchange, 200, Map.of("status", "UP"));
            } else if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                problem(exchange, 401, "unauthorized", "no token");
            } else {
                dispatch(exchange, call, path);
            }
        } catch (final IOException | RuntimeException e) {
            exchange.close();
        }
    }

    private void dispatch(final HttpExchange exchange, final String call, final String path) throws IOException {
        final String name = path.substring(path.lastIndexOf('/') + 1);
        switch (call.replaceFirst("livemr_.*", "NAME").replaceFirst("vms/[^/]+/", "vms/VM/")) {
            case "GET /v1/vms" -> send(exchange, 200, vms.stream().map(vm -> Map.of("name", vm, "uuid", uuids.getOrDefault(vm, "u-" + vm), "state", "running",
                "agent", "connected", "maps", "channel", "disks", List.of())).toList());
            case "GET /v1/vms/VM/files" -> listing(exchange);
            case "POST /v1/files" -> post(exchange);
            case "GET /v1/files" -> part(exchange, named(exchange));
            case "GET /v1/grants" -> part(exchange, files.values().stream().map(FakeComposer::grant).toList());
            case "GET /v1/host" -> send(exchange, 200, Map.of("version", "1.2", "startedAt", "2026-11-29T10:00:00Z", "vms", vms.size(),
                "files", files.size()));
            case "GET /v1/files/NAME" -> found(exchange, files.get(name));
            case "DELETE /v1/files/NAME" -> found(exchange, files.remove(name));
            case "GET /v1/events" -> events(exchange);
            default -> problem(exchange, 404, "not_found", call);
        }
    }

    /** Of any pattern {@code …/ask-a} and {@code …/ask-b} of the folder; scripted by words in it. */
    private void listing(final HttpExchange exchange) throws IOException {
        final String query = exchange.getRequestURI().getQuery();
        final String folder = query.replaceFirst(".*pattern=", "").replaceFirst("/[^/]*$", "");
        if (query.contains("closed")) {
            problem(exchange, 422, "no_such_file", "pattern=" + folder + " is not there");
        } else {
            send(exchange, 200, Map.of("truncated", query.contains("crowded"), "files", query.contains("empty") ? List.of()
                : List.of(Map.of("path", folder + "/ask-a"), Map.of("path", folder + "/ask-b"))));
        }
    }

    private void post(final HttpExchange exchange) throws IOException {
        final JsonNode body = json.readTree(exchange.getRequestBody());
        final String path = body.at("/sources/0/path").asText();
        if (path.contains("refused")) {
            problem(exchange, 422, "bad_path", "path=" + path + " is refused");
            return;
        }
        final String key = body.path("requester") + " " + body.at("/sources/0/vm") + ":" + path;
        final Map<String, Object> file = files.values().stream().filter(known -> known.get("key").equals(key) && !OVER.contains(known.get("state"))).findFirst()
            .orElseGet(() -> newFile(key, body, path));
        send(exchange, 202, file);
    }

    private Map<String, Object> newFile(final String key, final JsonNode body, final String path) {
        final String name = String.format("livemr_%016x", names.incrementAndGet());
        final Map<String, Object> file = new ConcurrentHashMap<>();
        file.put("key", key);
        file.put("name", name);
        file.put("requester", body.path("requester").asText());
        file.put("state", path.contains("ask") ? "AWAITING_CONSENT" : path.contains("missing") || path.contains("folder") ? "DENIED" : "LIVE");
        file.put("reason", path.contains("missing") ? "no_such_file" : path.contains("folder") ? "not_a_regular_file" : "");
        file.put("lengthBytes", 11L);
        final Map<String, Object> source = new LinkedHashMap<>();
        source.put("vm", body.at("/sources/0/vm").asText());
        source.put("path", path);
        source.put("owner", "alice");
        source.put("by", "owner");
        source.put("grant", name + "-0");
        source.put("mappedAt", "2026-11-29T10:00:01.5Z");
        source.put("lagMillis", 17);
        file.put("sources", List.of(source));
        files.put(name, file);
        return file;
    }

    private List<Map<String, Object>> named(final HttpExchange exchange) {
        final String query = exchange.getRequestURI().getQuery();
        return files.values().stream().filter(file -> query == null || !query.contains("name=") || query.contains((String) file.get("name")))
            .sorted(Comparator.comparing(file -> (String) file.get("name"))).toList();
    }

    private static Map<String, Object> grant(final Map<String, Object> file) {
        return Map.of("id", file.get("name") + "-0", "file", file.get("name"), "vm", ofSource(file, "vm"), "path", ofSource(file, "path"), "requester", file.get("requester"),
            "state", file.get("state").equals("AWAITING_CONSENT") ? "ASKED" : "GRANTED", "owner", "alice", "since", "2026-11-29T10:00:00Z");
    }

    /** Of a list, what {@code offset} and {@code limit} ask for. */
    private void part(final HttpExchange exchange, final List<Map<String, Object>> all) throws IOException {
        exchange.getResponseHeaders().set("X-Total-Count", Integer.toString(all.size()));
        send(exchange, 200, all.stream().skip(number(exchange, "offset", 0)).limit(number(exchange, "limit", Integer.MAX_VALUE)).toList());
    }

    private static long number(final HttpExchange exchange, final String name, final long ifAbsent) {
        final Matcher matcher = Pattern.compile("\\b" + name + "=(\\d+)").matcher(String.valueOf(exchange.getRequestURI().getQuery()));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : ifAbsent;
    }

    private static String ofSource(final Map<String, Object> file, final String key) {
        return (String) ((Map<?, ?>) ((List<?>) file.get("sources")).get(0)).get(key);
    }

    private void events(final HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        listeners.add(exchange.getResponseBody());
    }

    private void tell(final String name, final String state) {
        for (final OutputStream listener : listeners) {
            try {
                listener.write(("event: state\ndata: {\"name\":\"" + name + "\",\"state\":\"" + state + "\"}\n\n").getBytes(StandardCharsets.UTF_8));
                listener.flush();
            } catch (final IOException e) {
                listeners.remove(listener);
            }
        }
    }

    private void found(final HttpExchange exchange, final Map<String, Object> file) throws IOException {
        if (file == null) {
            problem(exchange, 404, "no_such_file", "no such composed file");
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else {
            send(exchange, 200, file);
        }
    }

    private void problem(final HttpExchange exchange, final int status, final String reason, final String detail) throws IOException {
        send(exchange, status, Map.of("type", "about:blank", "status", status, "reason", reason, "detail", detail));
    }

    private void send(final HttpExchange exchange, final int status, final Object body) throws IOException {
        final byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
