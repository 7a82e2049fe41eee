package io.livemr.composer.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.json.JavalinJackson;
import io.livemr.composer.file.ComposeException;
import io.livemr.composer.file.ComposeRequest;
import io.livemr.composer.file.ComposedFile;
import io.livemr.composer.file.ComposedFiles;
import io.livemr.composer.file.FileReport;
import io.livemr.composer.file.GrantReport;
import io.livemr.composer.fsmap.KernelFiles;
import io.livemr.composer.metrics.ComposerMetrics;
import io.livemr.composer.session.VmLink;
import io.livemr.composer.session.VmLinks;
import io.livemr.composer.vm.VmDescription;
import io.livemr.composer.vm.VmDisk;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composer over HTTP. */
public final class RestServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
    private static final int EVENT_QUEUE = 16_384;
    private static final int EVENT_CLIENTS = 64;
    private static final long BODY_LIMIT_BYTES = 16L << 20;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final ListenSettings listen;
    private final ServedCertificate certificate;
    private final Parts parts;
    private final Javalin javalin;
    private final Instant startedAt = Instant.now();
    private final Semaphore freeStreams = new Semaphore(EVENT_CLIENTS);
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

    /** What the calls are answered from. No {@code kernelFiles} without the back end. */
    public record Parts(
            ComposedFiles files, VmLinks vms, ApiToken token, Health health, Path mount, KernelFiles kernelFiles, ComposerMetrics metrics,
            PrometheusMeterRegistry prometheus) {
    }

    private RestServer(final ListenSettings listen, final Parts parts) throws IOException {
        this.listen = listen;
        this.certificate = listen.encrypts() ? new ServedCertificate(listen) : null;
        this.parts = parts;
        this.javalin = Javalin.create(config -> {
            config.showJavalinBanner = false;
            config.startupWatcherEnabled = false;
            config.http.maxRequestSize = BODY_LIMIT_BYTES;
            config.jsonMapper(new JavalinJackson(JSON, false));
            if (certificate != null) {
                config.registerPlugin(certificate.plugin());
            }
        });
        parts.metrics().gauge("livemr.event.clients", () -> EVENT_CLIENTS - freeStreams.availablePermits());
        routes();
    }

    public static RestServer start(final ListenSettings listen, final Parts parts) throws IOException {
        final RestServer server = new RestServer(listen, parts);
        if (server.certificate != null) {
            server.javalin.start();
        } else {
            server.javalin.start(listen.host(), listen.port());
        }
        return server;
    }

    /** What has to be looked at now and then. */
    public void slowTick() {
        if (certificate != null) {
            certificate.tick();
        }
    }

    public String url() {
        return listen.scheme() + "://" + listen.host() + ":" + javalin.port();
    }

    private void routes() {
        javalin.before(this::authenticate);
        javalin.get("/health", this::health);
        javalin.get("/metrics", this::metrics);
        javalin.get("/v1/vms", this::vms);
        javalin.get("/v1/vms/{name}/files", new ListingRoute(parts.vms()));
        javalin.post("/v1/files", this::compose);
        javalin.get("/v1/files", this::files);
        javalin.get("/v1/grants", context -> Slice.of(context).answer(context, parts.files().grants(), GrantReport::json));
        javalin.get("/v1/host", this::host);
        javalin.get("/v1/files/{name}", context -> context.json(report(file(context))));
        javalin.get("/v1/files/{name}/segments", context -> context.json(FileReport.segments(file(context))));
        javalin.delete("/v1/files/{name}", this::delete);
        javalin.get("/v1/events", this::events);
        javalin.exception(ComposeException.class, (e, context) ->
                problem(context, HttpStatus.forStatus(e.httpStatus()), e.reason(), e.getMessage()));
        javalin.exception(JsonProcessingException.class, (e, context) ->
                problem(context, HttpStatus.BAD_REQUEST, "bad_request", e.getOriginalMessage()));
        javalin.exception(HttpResponseException.class, (e, context) -> {
            final HttpStatus status = HttpStatus.forStatus(e.getStatus());
            problem(context, status, status.name().toLowerCase(Locale.ROOT), e.getMessage());
        });
        javalin.exception(Exception.class, this::unexpected);
        javalin.error(404, context -> {
            if (context.result() == null || !context.result().startsWith("{")) {
                problem(context, HttpStatus.NOT_FOUND, "not_found", "nothing at " + context.path());
            }
        });
    }

    private void authenticate(final Context context) throws ComposeException {
        if (!"/health".equals(context.path()) && !parts.token().admits(context.header("Authorization"))) {
            throw new ComposeException(401, "unauthorized", "send Authorization: Bearer with the token of the composer's state folder");
        }
    }

    private void unexpected(final Exception cause, final Context context) {
        LOG.error("request failed method={} path={}", context.method(), context.path(), cause);
        problem(context, HttpStatus.INTERNAL_SERVER_ERROR, "internal", "see the composer's log");
    }

    private static void problem(final Context context, final HttpStatus status, final String reason, final String detail) {
        context.status(status).result(JSON.createObjectNode()
                .put("type", "about:blank").put("title", status.getMessage()).put("status", status.getCode())
                .put("detail", detail).put("reason", reason).toString()).contentType("application/problem+json");
    }

    private void health(final Context context) {
        final var troubles = parts.health().troubles();
        final ObjectNode answer = JSON.createObjectNode().put("status", troubles.isEmpty() ? "UP" : "DOWN");
        troubles.forEach((part, why) -> answer.withObject("/troubles").put(part, why));
        context.status(troubles.isEmpty() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE).json(answer);
    }

    private void metrics(final Context context) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8").result(parts.prometheus().scrape());
    }

    private void vms(final Context context) {
        final ArrayNode list = JSON.createArrayNode();
        parts.vms().all().forEach(link -> list.add(vm(link)));
        context.json(list);
    }

    private static ObjectNode vm(final VmLink link) {
        final VmDescription vm = link.description();
        final ObjectNode report = JSON.createObjectNode().put("name", vm.name()).put("uuid", vm.uuid().toString())
                .put("state", vm.state().name()).put("agent", link.agentConnected() ? "connected" : "absent")
                .put("maps", vm.maps() == null ? "channel" : "disk");
        final ArrayNode disks = report.putArray("disks");
        for (final VmDisk disk : vm.disks()) {
            final long sectors = vm.active() ? link.diskSectors(disk) : -1;
            disks.addObject().put("target", disk.target()).put("serial", disk.serial())
                    .put("format", disk.top().format()).put("sectors", sectors < 0 ? null : (Long) sectors);
        }
        return report;
    }

    private void compose(final Context context) throws ComposeException, JsonProcessingException {
        final ComposeRequest request = JSON.readValue(context.body(), ComposeRequest.class);
        if (request == null) {
            throw new ComposeException(400, "bad_request", "the body must be {requester, sources: [{vm, path}]}");
        }
        context.status(HttpStatus.ACCEPTED).json(report(parts.files().compose(request)));
    }

    private void files(final Context context) throws ComposeException {
        final List<String> names = context.queryParams("name");
        final Stream<ComposedFile> wanted = names.isEmpty() ? parts.files().all().stream()
                : names.stream().distinct().map(parts.files()::get).flatMap(Optional::stream);
        Slice.of(context).answer(context, wanted.sorted(Comparator.comparing(ComposedFile::name)).toList(), this::report);
    }

    private void host(final Context context) {
        context.json(JSON.createObjectNode().put("version", version()).put("startedAt", startedAt.toString())
                .put("vms", parts.vms().all().size()).put("files", parts.files().all().size()));
    }

    /** Known to a jar alone. */
    private static String version() {
        return Optional.ofNullable(RestServer.class.getPackage().getImplementationVersion()).orElse("unknown");
    }

    private void delete(final Context context) throws ComposeException, IOException {
        if (!parts.files().delete(context.pathParam("name"))) {
            throw noSuchFile(context);
        }
        context.status(HttpStatus.NO_CONTENT);
    }

    private ComposedFile file(final Context context) throws ComposeException {
        return parts.files().get(context.pathParam("name")).orElseThrow(() -> noSuchFile(context));
    }

    private static ComposeException noSuchFile(final Context context) {
        return new ComposeException(404, "no_such_file", "no composed file named " + context.pathParam("name"));
    }

    private ObjectNode report(final ComposedFile file) {
        final ObjectNode report = FileReport.of(file, parts.mount(), parts.vms());
        if (parts.kernelFiles() != null) {
            final ObjectNode kernel = report.putObject("kernel").put("obstacle", parts.kernelFiles().obstacle(file.name()));
            parts.kernelFiles().paths(file.name()).forEach(path -> kernel.withArray("paths").add(path.toString()));
        }
        return report;
    }

    private void events(final Context context) throws ComposeException {
        if (!freeStreams.tryAcquire()) {
            throw new ComposeException(429, "busy", "clients of /v1/events=" + EVENT_CLIENTS + "; close one");
        }
        context.async(config -> config.timeout = 0, () -> {
            try {
                stream(context.res());
            } finally {
                freeStreams.release();
            }
        });
    }

    private void stream(final HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("Cache-Control", "no-cache");
        response.flushBuffer();
        final EventStream stream = new EventStream(response.getOutputStream(), parts.files(), parts.metrics(), EVENT_QUEUE);
        streams.add(stream);
        try {
            stream.run();
        } finally {
            streams.remove(stream);
        }
    }

    @Override
    public void close() {
        streams.forEach(EventStream::end);
        javalin.stop();
    }
}
