package io.livemr.hdfs.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.hadoop.util.DirectBufferPool;

/**
 * What of a link was read and is not sent yet: the rest of one buffer and, where somebody reads on in order, the next one, which is read while
 * this one is sent.
 *
 * <p>A DataNode asks for a packet of 64 KiB at a time, and each question to the composer costs as much as copying 100 KiB and more: so one who reads on
 * is read a whole buffer. Composer and socket would then take turns, each waiting for the other: so one who goes on reading has the next buffer read
 * meanwhile, a large one, as large as the composer's largest answer. Of large ones there are so many; who finds none left reads small ones, when it is his
 * turn. Bytes are kept at most a second, from before they were asked for. For one thread.
 */
public final class ReadAhead {

    static final int BUFFER_BYTES = 512 << 10;
    static final int LARGE_BYTES = 4 << 20;
    /** For all links of this process together: 128 MiB. Who goes on reading has two, the one that is sent and the next. */
    static final int MOST_LARGE = 32;

    private static final long LONGEST_KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final DirectBufferPool BUFFERS = new DirectBufferPool();
    private static final Semaphore LARGE = new Semaphore(MOST_LARGE);
    private static final Executor READERS = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
        final Thread thread = new Thread(task, "livemr-read-ahead");
        thread.setDaemon(true);
        return thread;
    });

    /** Fills a buffer from an offset on, as far as the link goes. Called by other threads, too. */
    interface Source {
        void read(ByteBuffer destination, long from) throws IOException;
    }

    private final Source source;
    private final long lengthBytes;
    private final LongSupplier nanoClock;
    private Part now;
    private CompletableFuture<Part> next;

    ReadAhead(Source source, long lengthBytes) {
        this(source, lengthBytes, System::nanoTime);
    }

    ReadAhead(Source source, long lengthBytes, LongSupplier nanoClock) {
        this.source = source;
        this.lengthBytes = lengthBytes;
        this.nanoClock = nanoClock;
    }

    /** How many large buffers of this process are being read, or were and are not sent yet. */
    public static int buffersAhead() {
        return MOST_LARGE - LARGE.availablePermits();
    }

    /** What is there from an offset on, at least a byte; the caller moves its position as far as he has sent it. */
    ByteBuffer from(long offset, long wanted) throws IOException {
        if (now == null || !now.begins(offset)) {
            forgetNext();
            replaceBy(read(BUFFER_BYTES, offset, wanted));
        } else if (!isFresh(now)) {
            goOn(offset);
        }
        return now.bytes;
    }

    /** One who has sent a whole buffer will want another one after this. */
    private void goOn(long offset) throws IOException {
        final boolean goesOn = now.isSentWhole();
        replaceBy(null);
        now = following(offset);
        if (goesOn) {
            begin(offset + now.bytes.remaining());
        }
    }

    private Part following(long offset) throws IOException {
        final Part part = awaitNext();
        if (part != null && part.begins(offset) && isFresh(part)) {
            return part;
        }
        release(part);
        return read(BUFFER_BYTES, offset, BUFFER_BYTES);
    }

    private void begin(long offset) {
        if (offset < lengthBytes && LARGE.tryAcquire()) {
            next = CompletableFuture.supplyAsync(() -> readLarge(offset), READERS);
        }
    }

    private Part readLarge(long offset) {
        try {
            return read(LARGE_BYTES, offset, LARGE_BYTES);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            LARGE.release();
            throw new CompletionException(e);
        }
    }

    /** Null where nothing was read, or could not be: it is tried again when it is wanted, and fails then. */
    private Part awaitNext() throws ClosedByInterruptException {
        if (next == null) {
            return null;
        }
        try {
            return next.get();
        } catch (ExecutionException e) {
            return null;
        } catch (InterruptedException e) {
            forgetNext();
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        } finally {
            next = null;
        }
    }

    private void forgetNext() {
        if (next != null) {
            next.thenAccept(ReadAhead::release);
            next = null;
        }
    }

    private Part read(int bufferBytes, long offset, long wanted) throws IOException {
        final ByteBuffer bytes = BUFFERS.getBuffer(bufferBytes);
        bytes.clear().limit((int) Math.min(wanted, bufferBytes));
        final long began = nanoClock.getAsLong();
        try {
            source.read(bytes, offset);
        } catch (IOException | RuntimeException e) {
            BUFFERS.returnBuffer(bytes);
            throw e;
        }
        return new Part(bytes.flip(), offset, began);
    }

    private boolean isFresh(Part part) {
        return part.bytes.hasRemaining() && nanoClock.getAsLong() - part.readNanos < LONGEST_KEPT_NANOS;
    }

    private void replaceBy(Part part) {
        release(now);
        now = part;
    }

    private static void release(Part part) {
        if (part != null) {
            BUFFERS.returnBuffer(part.bytes);
            LARGE.release(part.bytes.capacity() / LARGE_BYTES);
        }
    }

    /** Does not wait for who reads ahead: his buffer is given back when he is done. */
    void close() {
        forgetNext();
        replaceBy(null);
    }

    /** Bytes of a link from {@code offset} on; of them, those before the buffer's position are sent. */
    private record Part(ByteBuffer bytes, long offset, long readNanos) {

        boolean begins(long wanted) {
            return offset + bytes.position() == wanted;
        }

        /** All that the buffer can hold. */
        boolean isSentWhole() {
            return bytes.position() == bytes.capacity();
        }
    }
}
