package io.livemr.simulation.host;

import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.MapRecordCodec;
import io.livemr.extent.wire.Operation;
import io.livemr.simulation.disk.CounterPage;
import io.livemr.simulation.disk.ImageModel;
import io.livemr.simulation.schedule.PlantedBug;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * QEMU as the composer sees it: takes the guest's records, counts revocations before it answers, and hands records on in frames
 * (docs/protocol.md, section 9). For one thread.
 */
public final class Qemu {

    private static final int MAGIC = 0x4C4D5251;
    private static final int HEADER_BYTES = 32;
    private static final int TYPE_DISK = 1;
    private static final int TYPE_RECORDS = 2;
    private static final int TYPE_LOST = 3;
    private static final int TYPE_AT = 4;

    private final ImageModel image;
    private final CounterPage page;
    private final int sectors;
    private final Set<PlantedBug> bugs;
    private final Deque<byte[]> frames = new ArrayDeque<>();
    private boolean connected;
    private boolean writing = true;

    /** @param page null for a stock QEMU. */
    public Qemu(final ImageModel image, final CounterPage page, final int sectors, final Set<PlantedBug> bugs) {
        this.image = image;
        this.page = page;
        this.sectors = sectors;
        this.bugs = bugs;
    }

    boolean isPatched() {
        return page != null;
    }

    CounterPage page() {
        return page;
    }

    ImageModel image() {
        return image;
    }

    /** Whether it has the image, and the lock on it. */
    public boolean isWriting() {
        return writing;
    }

    // ---- the guest's side

    /** The vendor command. Data is handed on when the tables in the file lead to it. */
    public void command(final List<MapRecord> records) {
        if (records.stream().anyMatch(record -> record.operation() == Operation.DATA)) {
            image.flush();
        }
        records.stream().filter(record -> takesBack(record.operation())).forEach(record -> page.revoke());
        send(TYPE_RECORDS, 0, bytes(records));
    }

    private static boolean takesBack(final Operation operation) {
        return operation == Operation.REVOKE || operation == Operation.VOID;
    }

    /** The guest was reset: nothing it has said counts any more. */
    public void reset() {
        if (page != null && !bugs.contains(PlantedBug.RESET_NOT_COUNTED)) {
            command(List.of(MapRecord.voidOf(new UUID(0, 0))));
        }
    }

    private static byte[] bytes(final List<MapRecord> records) {
        final ByteBuffer bytes = ByteBuffer.allocate(records.size() * MapRecordCodec.RECORD_BYTES);
        records.forEach(record -> MapRecordCodec.encode(record, bytes));
        return bytes.array();
    }

    // ---- the composer's side

    boolean isConnected() {
        return connected;
    }

    void connect() {
        frames.clear();
        connected = true;
        send(TYPE_DISK, sectors, Domain.DISK_ID.getBytes(StandardCharsets.UTF_8));
    }

    void hangUp() {
        connected = false;
        frames.clear();
    }

    private void send(final int type, final long diskSectors, final byte[] payload) {
        if (connected) {
            frames.add(ByteBuffer.allocate(HEADER_BYTES + payload.length).putInt(MAGIC).put((byte) type).put((byte) 1).putShort((short) 0)
                    .putInt(payload.length).putInt(0).putLong(page.revocations()).putLong(diskSectors).put(payload).array());
        }
    }

    /** Whether the composer would see something if it looked. */
    boolean hasNews() {
        return !connected || !frames.isEmpty();
    }

    byte[] nextFrame() {
        return frames.poll();
    }

    /** What waits is too much: the newest records are dropped, unless they take back, and the composer is told so. */
    public void overflow() {
        final byte[] newest = frames.peekLast();
        if (newest != null && newest[TYPE_AT] == TYPE_RECORDS && !takesBack(newest)) {
            frames.removeLast();
            send(TYPE_LOST, 0, new byte[0]);
        }
    }

    private static boolean takesBack(final byte[] frame) {
        for (int at = HEADER_BYTES; at < frame.length; at += MapRecordCodec.RECORD_BYTES) {
            if (frame[at] == Operation.REVOKE.code() || frame[at] == Operation.VOID.code()) {
                return true;
            }
        }
        return false;
    }

    // ---- living

    /** Gives up the image: killed, or the domain goes to another host. */
    public void leave() {
        writing = false;
        hangUp();
    }

    /** Another process, here or from another host. */
    public void comeBack() {
        if (page != null) {
            page.renew();
        }
        writing = true;
    }
}
