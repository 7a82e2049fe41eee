package io.livemr.composer.fuse;

import io.livemr.composer.file.ReadRefusedException;
import io.livemr.composer.file.ReadableFile;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A file of random bytes in memory: as much as has been grown to is readable; can be made to refuse, or to keep its readers waiting. */
final class MemoryFile implements ReadableFile {

    private final String name;
    private final long inode;
    private final byte[] bytes;
    private volatile long lengthBytes;
    private final AtomicInteger mostReadBytes = new AtomicInteger();
    private volatile ReadRefusedException.Errno refusal;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    MemoryFile(final int number, final int capacityBytes, final Random random) {
        this.name = String.format("livemr_%016x", number);
        this.inode = 100 + number;
        this.bytes = new byte[capacityBytes];
        random.nextBytes(bytes);
        this.lengthBytes = capacityBytes;
    }

    MemoryFile growTo(final long newLengthBytes) {
        lengthBytes = newLengthBytes;
        return this;
    }

    /** Grows, to its capacity at most. */
    synchronized void growBy(final int moreBytes) {
        lengthBytes = Math.min(bytes.length, lengthBytes + moreBytes);
    }

    void refuse(final ReadRefusedException.Errno errno) {
        refusal = errno;
    }

    /** Readers wait until the latch is open. */
    CountDownLatch block() {
        gate = new CountDownLatch(1);
        return gate;
    }

    /** Of all reads, the one that was given most. */
    int mostReadBytes() {
        return mostReadBytes.get();
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long inode() {
        return inode;
    }

    @Override
    public long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public Instant modifiedAt() {
        return Instant.ofEpochSecond(1_700_000_000L, 5);
    }

    @Override
    public int read(final ByteBuffer destination, final long offsetBytes) throws ReadRefusedException {
        awaitGate();
        if (refusal != null) {
            throw new ReadRefusedException(refusal, "owner_revoked", "refused in a test");
        }
        final int count = (int) Math.max(0, Math.min(destination.remaining(), lengthBytes - offsetBytes));
        mostReadBytes.accumulateAndGet(count, Math::max);
        if (count > 0) {
            destination.put(bytes, (int) offsetBytes, count);
        }
        return count;
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Map<String, String> attributes() {
        return new TreeMap<>(Map.of("user.livemr.state", refusal == null ? "LIVE" : "REVOKED", "user.livemr.segments", "[]"));
    }
}
