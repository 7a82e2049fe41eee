package io.livemr.control.job;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that listens to a job: asynchronous, and written to only while its connection takes bytes. What is new is looked for by
 * {@link EventListeners}; what does not fit now waits in the job's own log.
 */
class JobListener implements WriteListener {

    private static final Logger LOG = LoggerFactory.getLogger(JobListener.class);
    private static final byte[] STILL_HERE = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final long QUIET_NANOS = Duration.ofSeconds(15).toNanos();

    private final String jobId;
    private final EventFeed feed;
    private final long patienceNanos;
    private final BiConsumer<JobListener, String> whenEnded;
    private EventCursor cursor;
    private AsyncContext connection;
    private ServletOutputStream out;
    private long tookAtNanos = System.nanoTime();
    private long wroteAtNanos = System.nanoTime();
    private boolean ended;

    JobListener(final String jobId, final EventCursor cursor, final EventFeed feed, final Duration patience,
                final BiConsumer<JobListener, String> whenEnded) {
        this.jobId = jobId;
        this.cursor = cursor;
        this.feed = feed;
        this.patienceNanos = patience.toNanos();
        this.whenEnded = whenEnded;
    }

    String jobId() {
        return jobId;
    }

    synchronized void start(final AsyncContext asyncConnection) throws IOException {
        connection = asyncConnection;
        connection.setTimeout(0);
        final ServletOutputStream stream = connection.getResponse().getOutputStream();
        stream.setWriteListener(this);
        out = stream;
    }

    /** Tells as much as the connection takes; ends the listener when all is told, or when it takes nothing for too long. */
    synchronized void tell(final Optional<Job> job) {
        if (ended || out == null) {
            return;
        }
        try {
            if (!out.isReady()) {
                endIfSlow();
            } else if (job.isEmpty()) {
                end("job_gone");
            } else {
                write(job.get());
            }
        } catch (final IOException | RuntimeException e) {
            onError(e);
        }
    }

    /** Does not write here: the next round comes soon, and knows how the job stands. */
    @Override
    public void onWritePossible() { }

    @Override
    public void onError(final Throwable thrown) {
        end("gone");
    }

    synchronized void end(final String reason) {
        if (!ended) {
            ended = true;
            whenEnded.accept(this, reason);
            complete();
        }
    }

    private void complete() {
        try {
            connection.complete();
        } catch (final IllegalStateException e) {
            LOG.debug("job={} the container has ended the listener before: {}", jobId, e.getMessage());
        }
    }

    private void write(final Job job) throws IOException {
        tookAtNanos = System.nanoTime();
        Optional<EventFeed.Event> event = feed.next(job, cursor);
        while (event.isPresent()) {
            send(event.get().bytes());
            cursor = event.get().after();
            event = out.isReady() ? feed.next(job, cursor) : Optional.empty();
        }
        if (feed.isOver(job, cursor) && out.isReady()) {
            end("told");
        } else if (System.nanoTime() - wroteAtNanos > QUIET_NANOS && out.isReady()) {
            send(STILL_HERE);
        }
    }

    private void send(final byte[] bytes) throws IOException {
        out.write(bytes);
        wroteAtNanos = System.nanoTime();
        if (out.isReady()) {
            out.flush();
        }
    }

    private void endIfSlow() {
        if (System.nanoTime() - tookAtNanos > patienceNanos) {
            end("slow");
        }
    }
}
