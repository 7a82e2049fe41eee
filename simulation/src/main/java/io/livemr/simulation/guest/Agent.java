package io.livemr.simulation.guest;

import io.livemr.composer.grant.MapWay;
import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.MapRecordCodec;
import io.livemr.simulation.channel.Line;
import io.livemr.simulation.channel.Numbered;
import io.livemr.simulation.channel.Wire;
import io.livemr.simulation.schedule.PlantedBug;
import io.livemr.simulation.schedule.Script;
import io.livemr.simulation.schedule.SimulatedTime;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The agent: pins, announces and revokes granted files as docs/protocol.md, section 1, says. In mode {@code stock} it sends the maps itself, else
 * it has ext4 send them. Which files are granted is written in the files; all else it forgets when it is killed. For one thread.
 */
public final class Agent {

    /** @param patched whether ext4 tells of its files itself. */
    public record Settings(boolean patched, long leaseMillis, Set<PlantedBug> bugs) {

        boolean has(final PlantedBug bug) {
            return bugs.contains(bug);
        }
    }

    private final FileSystem files;
    private final Ext4 kernel;
    private final Wire<Numbered> out;
    private final SimulatedTime time;
    private final Settings settings;
    private final Script script = new Script();
    private final Map<GuestFile, Long> served = new LinkedHashMap<>();
    private final Map<GuestFile, Long> revoking = new LinkedHashMap<>();
    private final Map<Long, GuestFile> toTell = new LinkedHashMap<>();
    private boolean inSession;
    private long epoch;
    private long sequence;
    private long newestBeatNanos = -1;
    private long lastBeatSentNanos;

    public Agent(final FileSystem files, final Ext4 kernel, final Wire<Numbered> out, final SimulatedTime time, final Settings settings) {
        this.files = files;
        this.kernel = kernel;
        this.out = out;
        this.time = time;
        this.settings = settings;
    }

    // ---- hearing

    public void take(final Line line) {
        if (line instanceof Line.Hello hello) {
            begin(hello.epoch());
        } else if (inSession) {
            takeInSession(line);
        }
    }

    private void begin(final long newEpoch) {
        forget();
        inSession = true;
        epoch = newEpoch;
        // As good as a heartbeat: the composer's lease runs from its hello.
        lastBeatSentNanos = time.nowNanos();
        send(new Line.Welcome());
        List.copyOf(revoking.keySet()).forEach(this::sendRevoked);
    }

    private void takeInSession(final Line line) {
        if (line instanceof Line.Ask ask) {
            answer(ask);
        } else if (line instanceof Line.Ack ack) {
            acknowledged(ack.sequence());
        } else if (line instanceof Line.Beat beat) {
            newestBeatNanos = Math.max(newestBeatNanos, beat.atNanos());
        } else if (line instanceof Line.Resync resync) {
            epoch = resync.epoch();
            List.copyOf(revoking.keySet()).forEach(this::sendRevoked);
            served.replaceAll((file, begun) -> 0L);
            List.copyOf(served.keySet()).forEach(this::announce);
        }
    }

    private void answer(final Line.Ask ask) {
        final GuestFile file = ask.file() == null ? consented(ask.path()) : granted(ask.file());
        if (file == null || revoking.containsKey(file)) {
            send(new Line.Denied(ask.path()));
        } else if (settings.patched()) {
            script.then(() -> grant(ask.path(), file));
        } else {
            file.pinned = true;
            sync(file);
            script.then(() -> grant(ask.path(), file));
        }
    }

    /** The owner says yes, always. */
    private GuestFile consented(final long path) {
        final GuestFile file = files.files().stream().filter(one -> one.path() == path).findFirst().orElse(null);
        if (file != null) {
            file.granted = true;
            file.toldAs = file.id();
        }
        return file;
    }

    private GuestFile granted(final FileId id) {
        if (settings.has(PlantedBug.GENERATION_IGNORED)) {
            final GuestFile file = files.findInode(id.inode());
            if (file != null) {
                file.toldAs = id;
            }
            return file;
        }
        final GuestFile file = files.find(id);
        return file != null && isGranted(file) ? file : null;
    }

    private boolean isGranted(final GuestFile file) {
        return file.linked && (file.granted || settings.has(PlantedBug.GENERATION_IGNORED));
    }

    /** Unless the owner has changed his mind meanwhile. The pin is in the journal before anybody hears of it. */
    private void grant(final long path, final GuestFile file) {
        if (!isGranted(file) || revoking.containsKey(file)) {
            send(new Line.Denied(path));
            return;
        }
        kernel.commit();
        served.put(file, 0L);
        send(new Line.Granted(path, file.toldAs, settings.patched() ? MapWay.DISK : MapWay.CHANNEL));
        if (settings.patched()) {
            toTell.put(sequence, file);
        } else {
            announce(file);
        }
    }

    private void acknowledged(final long upTo) {
        for (final long told : List.copyOf(toTell.keySet())) {
            if (told <= upTo) {
                announce(toTell.remove(told));
            }
        }
        for (final GuestFile file : List.copyOf(revoking.keySet())) {
            if (revoking.get(file) <= upTo) {
                release(file);
            }
        }
    }

    // ---- maps

    /** Tells all of a file's growth, or all of it in an epoch in which nothing of it was told. */
    public void announce(final GuestFile file) {
        if (!inSession || !served.containsKey(file)) {
            return;
        }
        if (settings.patched()) {
            final long inEpoch = epoch;
            file.script.then(() -> {
                file.toldEpoch = inEpoch;
                kernel.announce(file);
            });
            return;
        }
        final int lengthBytes = file.sizeBytes;
        sync(file);
        script.then(() -> sendMap(file, settings.has(PlantedBug.LENGTH_OF_NOW) || unsynced() ? file.sizeBytes : lengthBytes));
    }

    private boolean unsynced() {
        return settings.has(PlantedBug.ANNOUNCED_AT_ALLOCATION);
    }

    /** An fsync: begun, then over. */
    private void sync(final GuestFile file) {
        if (unsynced()) {
            script.then(() -> kernel.allocate(file));
            return;
        }
        script.then(() -> kernel.writeBack(file)).then(file.script::finish).then(kernel::commit);
    }

    /** No more than is on the disk: the file system may have been full. */
    private void sendMap(final GuestFile file, final int syncedBytes) {
        if (!served.containsKey(file)) {
            return;
        }
        final int lengthBytes = settings.has(PlantedBug.LENGTH_OF_NOW) || unsynced()
                ? syncedBytes : Math.min(syncedBytes, file.diskSizeBytes);
        final long number = sequence + 1;
        final List<MapRecord> records = new ArrayList<>();
        if (served.put(file, epoch) != epoch) {
            records.add(MapRecord.begin(file.toldAs, epoch, number));
        }
        for (final Extent extent : Ext4.extents(file, lengthBytes, unsynced())) {
            records.add(MapRecord.extent(file.toldAs, epoch, number, extent));
        }
        records.add(MapRecord.commit(file.toldAs, epoch, number, lengthBytes));
        send(new Line.Extents(bytes(records)));
    }

    private static byte[] bytes(final List<MapRecord> records) {
        final ByteBuffer bytes = ByteBuffer.allocate(records.size() * MapRecordCodec.RECORD_BYTES);
        records.forEach(record -> MapRecordCodec.encode(record, bytes));
        return bytes.array();
    }

    // ---- revoking

    /** The owner takes his consent back. */
    public void revoke(final GuestFile file) {
        if (!file.granted || revoking.containsKey(file)) {
            return;
        }
        served.remove(file);
        toTell.values().remove(file);
        if (settings.patched()) {
            file.script.then(() -> withdraw(file));
        }
        revoking.put(file, Long.MAX_VALUE);
        if (inSession) {
            sendRevoked(file);
        }
        if (settings.has(PlantedBug.UNPINNED_WITHOUT_ACK)) {
            release(file);
        }
    }

    private void withdraw(final GuestFile file) {
        kernel.withdraw(file);
        file.granted = false;
    }

    private void sendRevoked(final GuestFile file) {
        send(new Line.Revoked(file.toldAs));
        revoking.put(file, sequence);
    }

    private void release(final GuestFile file) {
        revoking.remove(file);
        file.granted = false;
        file.pinned = false;
    }

    /** What waits for time to pass: a composer that was not heard must have stopped by its lease's end. */
    public void lookAtTheClock() {
        final long patienceNanos = TimeUnit.MILLISECONDS.toNanos(settings.leaseMillis() * 3 / 2);
        if (time.nowNanos() - lastBeatSentNanos >= patienceNanos) {
            List.copyOf(revoking.keySet()).forEach(this::release);
        }
    }

    // ---- living

    public void beat() {
        if (inSession && revoking.isEmpty()) {
            lastBeatSentNanos = time.nowNanos();
            send(new Line.Beat(newestBeatNanos));
        }
    }

    public boolean isBusy() {
        return !script.isIdle();
    }

    public void step() {
        script.step();
    }

    public List<GuestFile> served() {
        return List.copyOf(served.keySet());
    }

    private void send(final Line line) {
        out.send(new Numbered(++sequence, line));
    }

    /** The channel was closed. */
    public void hangUp() {
        forget();
    }

    /** It was killed, and started again: what it was about to do it finds in the files, and begins its patience anew. */
    public void killed() {
        forget();
        lastBeatSentNanos = time.nowNanos();
    }

    private void forget() {
        inSession = false;
        script.drop();
        served.clear();
        toTell.clear();
        revoking.replaceAll((file, asOf) -> Long.MAX_VALUE);
        sequence = 0;
        newestBeatNanos = -1;
    }
}
