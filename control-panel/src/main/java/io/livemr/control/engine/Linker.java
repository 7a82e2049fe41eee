package io.livemr.control.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.settings.PanelSettings;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Makes and removes jobs' links in HDFS through one process of block-link's {@code Linker}, which lives as long as the panel. One that ends is started again,
 * and is asked once more what the other left unanswered. Nothing is kept of calls: whoever restarts the panel calls again, so a request must be one that may be carried out twice.
 */
@Component
public class Linker {

    private static final Logger LOG = LoggerFactory.getLogger(Linker.class);

    private record Call(LinkRequest request, CompletableFuture<LinkAnswer> answer) { }

    private final Hadoop hadoop;
    private final ObjectMapper json;
    private final Duration limit;
    private final Map<String, Call> calls = new ConcurrentHashMap<>();
    private LinkerProcess process;
    private boolean closed;

    public Linker(final Hadoop hadoop, final ObjectMapper json, final PanelSettings settings, final MeterRegistry metrics) {
        this.hadoop = hadoop;
        this.json = json;
        this.limit = settings.engine().clientLimit();
        metrics.gauge("livemr.linker.calls", this, Linker::inFlight);
    }

    /** So that the first job need not wait for its start. */
    @EventListener(ApplicationReadyEvent.class)
    void warm() {
        try {
            running();
        } catch (final IOException e) {
            LOG.warn("the linker does not start: {}", e.getMessage());
        }
    }

    /**
     * Has a request carried out for a job, of which only one is at a time; begins it when it has not begun. {@code whenEnded} is called from another thread.
     *
     * @return how it ended; empty before.
     */
    public Optional<LinkAnswer> call(final String jobId, final LinkRequest request, final Runnable whenEnded) {
        final Call last = calls.get(jobId);
        if (last != null && last.request().equals(request)) {
            return Optional.ofNullable(last.answer().getNow(null));
        }
        if (last == null || last.answer().isDone()) {
            final CompletableFuture<LinkAnswer> answer = carryOut(request);
            calls.put(jobId, new Call(request, answer));
            answer.thenRun(whenEnded);
        }
        return Optional.empty();
    }

    /** Makes a job's last call one that was never begun. */
    public void forget(final String jobId) {
        calls.remove(jobId);
    }

    private CompletableFuture<LinkAnswer> carryOut(final LinkRequest request) {
        return ask(request).exceptionallyCompose(gone -> ask(request)).exceptionally(Linker::failed);
    }

    private static LinkAnswer failed(final Throwable failure) {
        final Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return LinkAnswer.failed(cause.getMessage() + "; its words are in the panel's log");
    }

    private CompletableFuture<LinkAnswer> ask(final LinkRequest request) {
        try {
            final LinkerProcess to = running();
            final LinkAnswer late = LinkAnswer.failed("the linker gave no answer within livemr.engine.client-limit=" + limit + " and was killed");
            return to.ask(request).completeOnTimeout(late, limit.toMillis(), TimeUnit.MILLISECONDS).thenApply(answer -> {
                if (answer == late) {
                    to.kill();
                }
                return answer;
            });
        } catch (final IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized LinkerProcess running() throws IOException {
        if (closed) {
            throw new IOException("the panel is stopping");
        }
        if (process == null || !process.isAlive()) {
            process = new LinkerProcess(hadoop.linker().start(), json);
        }
        return process;
    }

    private synchronized int inFlight() {
        return process == null ? 0 : process.inFlight();
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        if (process != null) {
            process.kill();
        }
    }
}
