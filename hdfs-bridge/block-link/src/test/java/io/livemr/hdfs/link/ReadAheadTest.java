package io.livemr.hdfs.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {

    private static final int LENGTH = 2 * ReadAhead.BUFFER_BYTES + 2 * ReadAhead.LARGE_BYTES + 4_321;
    private static final int PACKET = 64 << 10;
    private static final long NEXT = 2L * ReadAhead.BUFFER_BYTES;

    private final byte[] content = new byte[LENGTH];
    private final AtomicLong nanos = new AtomicLong();
    private final List<Long> reads = new CopyOnWriteArrayList<>();
    private final ReadAhead ahead = new ReadAhead(this::read, LENGTH, nanos::get);
    /** The read from here fails, once. */
    private volatile long brokenAt = -1;

    ReadAheadTest() {
        new Random(5).nextBytes(content);
    }

    private void read(ByteBuffer destination, long from) throws IOException {
        final boolean broken = from == brokenAt;
        if (broken) {
            brokenAt = -1;
        } else {
            destination.put(content, (int) from, (int) Math.min(destination.remaining(), LENGTH - from));
        }
        reads.add(from);
        if (broken) {
            throw new IOException("cannot be read now");
        }
    }

    @AfterEach
    void shouldLeaveNothingAhead() {
        ahead.close();
        await().until(() -> ReadAhead.buffersAhead() == 0);
    }

    @Test
    void shouldReadTheNextBufferBeforeItIsAskedForByOneWhoGoesOn() throws IOException {
        readOn();

        assertThat(ReadAhead.buffersAhead()).isEqualTo(1);
        assertThat(reads).containsExactly(0L, NEXT / 2, NEXT);
    }

    @Test
    void shouldReadALargeBufferWhileALargeOneIsSent() throws IOException {
        readOn();
        send(NEXT, 1);

        await().until(() -> reads.contains(NEXT + ReadAhead.LARGE_BYTES));
        assertThat(ReadAhead.buffersAhead()).isEqualTo(2);
        assertThat(reads).hasSize(4);
    }

    @Test
    void shouldReadNothingAheadForOneWhoTakesLongerThanBytesAreKept() throws IOException {
        for (int at = 0; at < NEXT; at += PACKET) {
            send(at, PACKET);
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(400));
        }
        assertThat(ReadAhead.buffersAhead()).isZero();
    }

    @Test
    void shouldReadNothingAheadForOneWhoReadsHereAndThere() throws IOException {
        for (final int from : new int[] {0, PACKET, 5, 700_000}) {
            send(from, PACKET);
        }
        assertThat(ReadAhead.buffersAhead()).isZero();
        assertThat(reads).containsExactly(0L, (long) PACKET, 5L, 700_000L);
    }

    @Test
    void shouldGiveEachByteOnceHoweverItIsRead() throws IOException {
        final long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("replay: -Dseed=" + seed);
        final Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            final int begin = random.nextInt(LENGTH);
            final ByteArrayOutputStream sent = new ByteArrayOutputStream();
            int at = begin;
            while (at < LENGTH && (sent.size() == 0 || random.nextInt(100) > 0)) {
                at += (int) send(at, 1 + random.nextInt(2 * PACKET), sent) - at;
                nanos.addAndGet(random.nextInt(20) == 0 ? TimeUnit.SECONDS.toNanos(2) : 0);
            }
            assertThat(sent.toByteArray()).as("round " + round).isEqualTo(Arrays.copyOfRange(content, begin, at));
        }
    }

    @Test
    void shouldReadAgainWhatWasReadASecondAgo() throws IOException {
        readOn();
        content[(int) NEXT]++;
        final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));

        send(NEXT, 1, sent);

        assertThat(sent.toByteArray()).containsExactly(content[(int) NEXT]);
    }

    @Test
    void shouldReadAgainWhatCouldNotBeReadAhead() throws IOException {
        brokenAt = NEXT;
        readOn();
        final ByteArrayOutputStream sent = new ByteArrayOutputStream();

        send(NEXT, PACKET, sent);

        assertThat(sent.toByteArray()).isEqualTo(Arrays.copyOfRange(content, (int) NEXT, (int) NEXT + PACKET));
    }

    @Test
    void shouldReadInTurnWhereTooMuchIsAheadAlready() throws IOException {
        final List<ReadAhead> others = new ArrayList<>();
        for (int i = 0; i < ReadAhead.MOST_LARGE + 3; i++) {
            final ReadAhead other = new ReadAhead(this::read, LENGTH);
            others.add(other);
            sendAllOf(other);
        }
        assertThat(ReadAhead.buffersAhead()).isEqualTo(ReadAhead.MOST_LARGE);

        others.forEach(ReadAhead::close);
    }

    private void sendAllOf(ReadAhead other) throws IOException {
        for (int at = 0; at < 3 * ReadAhead.BUFFER_BYTES; ) {
            final ByteBuffer bytes = other.from(at, PACKET);
            at += bytes.remaining();
            bytes.position(bytes.limit());
        }
    }

    /** Reads on until {@link #NEXT} is ahead: it was read, or could not be. */
    private void readOn() throws IOException {
        send(0, (int) NEXT);
        await().until(() -> reads.contains(NEXT));
    }

    private long send(long from, int count) throws IOException {
        return send(from, count, new ByteArrayOutputStream());
    }

    /** Sends as much as it is given, up to a count; returns where it goes on. */
    private long send(long from, int count, ByteArrayOutputStream sent) throws IOException {
        long at = from;
        while (at < Math.min(LENGTH, from + count)) {
            final ByteBuffer bytes = ahead.from(at, count);
            final byte[] taken = new byte[(int) Math.min(bytes.remaining(), Math.min(LENGTH, from + count) - at)];
            bytes.get(taken);
            sent.writeBytes(taken);
            at += taken.length;
        }
        return at;
    }
}
