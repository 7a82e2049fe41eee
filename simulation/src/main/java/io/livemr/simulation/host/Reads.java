package io.livemr.simulation.host;

import io.livemr.composer.file.ReadRefusedException;
import io.livemr.composer.grant.GrantedFile;
import io.livemr.composer.image.FileView;
import io.livemr.composer.image.GuardSettings;
import io.livemr.composer.image.GuardedReader;
import io.livemr.composer.image.ReadObserver;
import io.livemr.simulation.guest.GuestFile;
import io.livemr.simulation.schedule.Chance;
import io.livemr.simulation.schedule.PlantedBug;
import io.livemr.simulation.schedule.SimulatedTime;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads of composed files by the real reader, each compared with what the file has held meanwhile. For one thread. */
public final class Reads {

    private static final GuardSettings PATIENCE = new GuardSettings(60, 8);

    private final SimulatedTime time;
    private final Chance chance;
    private final Runnable pause;
    private final Set<PlantedBug> bugs;
    private final Tally tally;
    private final GuardedReader reader;

    public Reads(final SimulatedTime time, final Chance chance, final Runnable pause, final Set<PlantedBug> bugs, final Tally tally) {
        this.time = time;
        this.chance = chance;
        this.pause = pause;
        this.bugs = bugs;
        this.tally = tally;
        this.reader = new GuardedReader(PATIENCE, ReadObserver.NONE, time::nowNanos);
    }

    /** Reads some bytes of some file, if there is one. */
    public void readOne(final Map<GuestFile, GrantedFile> composed) throws WrongBytesException {
        final List<GuestFile> files = new ArrayList<>(composed.keySet());
        // Mostly those that may answer; those that should not are tried often enough.
        if (chance.percent(80)) {
            files.removeIf(file -> composed.get(file).view().access() != FileView.Access.OPEN);
        }
        if (!files.isEmpty()) {
            final GuestFile file = chance.oneOf(files);
            read(file, composed.get(file));
        }
    }

    private void read(final GuestFile file, final GrantedFile granted) throws WrongBytesException {
        final int fileBytes = (int) granted.view().lengthBytes();
        if (fileBytes == 0) {
            return;
        }
        final int offset = chance.below(fileBytes);
        final ByteBuffer bytes = ByteBuffer.allocate(chance.between(1, fileBytes - offset));
        final long began = time.moment();
        try {
            reader.read(new SteppedSource(granted, pause, this::await, bugs), offset, bytes.capacity(), bytes);
        } catch (final ReadRefusedException e) {
            tally.refused(e.reason());
            return;
        }
        if (!file.history().allows(offset, bytes.array(), began, time.moment())) {
            throw new WrongBytesException(file, offset, bytes.capacity(), began, time.moment());
        }
        tally.right();
    }

    private void await(final long waitNanos) {
        time.pass(waitNanos);
        pause.run();
    }
}
