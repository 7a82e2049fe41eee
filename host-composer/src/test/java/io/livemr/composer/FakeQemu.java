package io.livemr.composer;

import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.MapRecordCodec;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * The end of a map channel where a patched QEMU would be: docs/protocol.md, section 9. It names its disks to who connects and counts in a
 * shared page; everything else the test says frame by frame. What is said while nobody is connected is lost, as with QEMU.
 */
public final class FakeQemu implements AutoCloseable {

    private static final int PAGE_BYTES = 4_096;
    private static final int DISK = 1;
    private static final int RECORDS = 2;
    private static final int LOST = 3;

    private final ServerSocketChannel server;
    private final Path page;
    private final Map<Integer, String> disks = new LinkedHashMap<>();
    private final long sectors;
    private MappedByteBuffer counters;
    private long layout;
    private long revocations;
    private SocketChannel channel;
    private int connections;

    /** One disk, number 7, that QEMU calls {@link Rig#ALIAS}. */
    public FakeQemu(final Path socket, final Path page, final long sectors) throws IOException {
        this.page = page;
        this.sectors = sectors;
        disks.put(7, Rig.ALIAS);
        makePage();
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        final Thread thread = new Thread(this::serve, "fake-qemu");
        thread.setDaemon(true);
        thread.start();
    }

    /** A new file in the old one's place, as when QEMU starts. */
    public synchronized void makePage() throws IOException {
        final Path made = page.resolveSibling(page.getFileName() + ".new");
        try (FileChannel file = FileChannel.open(made, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            counters = file.map(MapMode.READ_WRITE, 0, PAGE_BYTES);
        }
        layout = 0;
        revocations = 0;
        counters.order(ByteOrder.nativeOrder()).put(0, "LMRG".getBytes(StandardCharsets.US_ASCII)).putInt(4, 1);
        Files.move(made, page, StandardCopyOption.REPLACE_EXISTING);
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel accepted = server.accept()) {
                greet(accepted);
                while (accepted.read(ByteBuffer.allocate(1)) >= 0) {
                    throw new IllegalStateException("nothing is ever sent to QEMU");
                }
            } catch (final IOException e) {
                hangUp();
            } finally {
                gone();
            }
        }
    }

    private synchronized void greet(final SocketChannel accepted) throws IOException {
        channel = accepted;
        connections++;
        for (final Map.Entry<Integer, String> disk : disks.entrySet()) {
            frame(DISK, disk.getKey(), sectors, disk.getValue().getBytes(StandardCharsets.UTF_8));
        }
    }

    private synchronized void gone() {
        channel = null;
    }

    public synchronized FakeQemu withDisk(final int number, final String id) {
        disks.put(number, id);
        return this;
    }

    public synchronized int connections() {
        return connections;
    }

    /** Until the nth connection is there. */
    public void awaitConnection(final int number) {
        Awaitility.await("connection " + number).atMost(Duration.ofSeconds(10)).pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2)).until(() -> isConnection(number));
    }

    private synchronized boolean isConnection(final int number) {
        return connections >= number && channel != null;
    }

    // ---- what it says

    public void records(final MapRecord... records) throws IOException {
        records(7, records);
    }

    public synchronized void records(final int disk, final MapRecord... records) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(records.length * MapRecordCodec.RECORD_BYTES);
        for (final MapRecord record : records) {
            MapRecordCodec.encode(record, bytes);
        }
        frame(RECORDS, disk, 0, bytes.array());
    }

    /** Counts it first, as QEMU does before it answers the guest. */
    public synchronized void takeBack(final MapRecord record) throws IOException {
        countRevocation();
        records(record);
    }

    public synchronized void lost() throws IOException {
        frame(LOST, 7, 0, new byte[0]);
    }

    /** A frame whose payload and number of revocations are right, of any type. */
    public synchronized void frame(final int type, final int disk, final long ofSectors, final byte[] payload) throws IOException {
        final ByteBuffer frame = ByteBuffer.allocate(32 + payload.length).put("LMRQ".getBytes(StandardCharsets.US_ASCII))
                .put((byte) type).put((byte) 1).putShort((short) disk).putInt(payload.length).putInt(0)
                .putLong(revocations).putLong(ofSectors).put(payload);
        raw(frame.flip());
    }

    public synchronized void raw(final ByteBuffer bytes) throws IOException {
        while (channel != null && bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    // ---- what it counts

    public synchronized void countRevocation() {
        revocations++;
        count(16, revocations);
    }

    /** Clusters are being moved from now on, or not any more. */
    public synchronized void layoutMoves(final boolean now) {
        if (now != ((layout & 1) != 0)) {
            layout++;
            count(8, layout);
        }
    }

    private void count(final int offset, final long value) {
        counters.putLong(offset, value);
        VarHandle.fullFence();
    }

    public synchronized void hangUp() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
    }
}
