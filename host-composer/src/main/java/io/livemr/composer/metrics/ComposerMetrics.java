package io.livemr.composer.metrics;

import io.livemr.composer.image.GuestDisk;
import io.livemr.composer.image.ReadObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composer's meters. Safe to share between threads. */
public class ComposerMetrics implements ReadObserver {

    private static final Logger LOG = LoggerFactory.getLogger(ComposerMetrics.class);
    private static final long LOG_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final MeterRegistry registry;
    private final Counter readBytes;
    private final Timer mapLines;
    private final Timer growthDelivery;
    private final AtomicLong nextLogNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong unlogged = new AtomicLong();
    private final Map<String, AtomicInteger> mapChannels = new ConcurrentHashMap<>();
    private volatile Runnable lookAgain = () -> { };

    public ComposerMetrics(final MeterRegistry registry) {
        this.registry = registry;
        this.readBytes = registry.counter("livemr.read.bytes");
        this.mapLines = percentiles("livemr.map.line");
        this.growthDelivery = percentiles("livemr.event.delivery");
    }

    private Timer percentiles(final String name) {
        return Timer.builder(name).publishPercentiles(0.5, 0.99).distributionStatisticExpiry(Duration.ofMinutes(5)).register(registry);
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** A line or record of a guest that does not count. */
    public void rejected(final String vm, final String reason) {
        registry.counter("livemr.rejected", "vm", vm, "reason", reason).increment();
    }

    /** As {@link #rejected(String, String)}, and one line a second of the facts goes to the log. */
    public void rejected(final String vm, final String reason, final String facts) {
        rejected(vm, reason);
        final long now = System.nanoTime();
        final long next = nextLogNanos.get();
        if (now - next >= 0 && nextLogNanos.compareAndSet(next, now + LOG_EVERY_NANOS)) {
            LOG.warn("rejected vm={} reason={} {} (and {} more, not logged)", vm, reason, facts, unlogged.getAndSet(0));
        } else {
            unlogged.incrementAndGet();
        }
    }

    public void epochRaised(final String vm, final String reason) {
        registry.counter("livemr.epoch.raised", "vm", vm, "reason", reason).increment();
    }

    /** From a line of records read to its maps in force. */
    public void mapLine(final long nanos) {
        mapLines.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A frame of a patched QEMU. */
    public void mapFrame(final String vm, final String type) {
        registry.counter("livemr.map.frames", "vm", vm, "type", type).increment();
    }

    public void mapChannelConnected(final String vm, final boolean now) {
        mapChannels.computeIfAbsent(vm, name -> registry.gauge("livemr.map.channel.connected", Tags.of("vm", name), new AtomicInteger()))
                .set(now ? 1 : 0);
    }

    /** From an event made to the event written to a client. */
    public void eventDelivered(final long nanos) {
        growthDelivery.record(nanos, TimeUnit.NANOSECONDS);
    }

    public void clientDropped() {
        registry.counter("livemr.event.clients.dropped").increment();
    }

    public void readRefused(final String reason) {
        registry.counter("livemr.read.errors", "reason", reason).increment();
    }

    public void gauge(final String name, final Supplier<Number> value, final String... tags) {
        Gauge.builder(name, value).tags(Tags.of(tags)).register(registry);
    }

    /** What to do when an image turns out not to be the one QEMU writes to. */
    public void onImageNotWritten(final Runnable action) {
        lookAgain = action;
    }

    @Override
    public void answered(final int lengthBytes) {
        readBytes.increment(lengthBytes);
    }

    @Override
    public void retried(final String obstacle) {
        registry.counter("livemr.read.retries", "reason", obstacle).increment();
    }

    @Override
    public void notWritten(final GuestDisk disk) {
        lookAgain.run();
    }

    @Override
    public void failed(final GuestDisk disk, final IOException cause) {
        rejected(disk.target(), "image_error", cause.toString());
    }
}
