package io.livemr.simulation;

import io.livemr.simulation.channel.Line;
import io.livemr.simulation.channel.Numbered;
import io.livemr.simulation.channel.Wire;
import io.livemr.simulation.disk.CounterPage;
import io.livemr.simulation.disk.ImageModel;
import io.livemr.simulation.disk.LayoutCounter;
import io.livemr.simulation.disk.Qcow2Model;
import io.livemr.simulation.disk.RawModel;
import io.livemr.simulation.guest.Agent;
import io.livemr.simulation.guest.Ext4;
import io.livemr.simulation.guest.FileSystem;
import io.livemr.simulation.guest.GuestFile;
import io.livemr.simulation.guest.PatchedTeller;
import io.livemr.simulation.guest.Teller;
import io.livemr.simulation.host.Composer;
import io.livemr.simulation.host.ComposerStore;
import io.livemr.simulation.host.Qemu;
import io.livemr.simulation.host.Reads;
import io.livemr.simulation.host.Tally;
import io.livemr.simulation.host.WrongBytesException;
import io.livemr.simulation.schedule.Chance;
import io.livemr.simulation.schedule.PlantedBug;
import io.livemr.simulation.schedule.SimulatedTime;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One VM with its file system, its QEMU and its agent, the composer beside it, and one reader. Nothing happens by itself: {@link Happenings}
 * draws what happens next. For one thread.
 */
final class World implements AutoCloseable {

    static final int SECTORS = 80;
    private static final long LEASE_MILLIS = 10_000;

    final Chance chance;
    final SimulatedTime time = new SimulatedTime();
    final Wire<Line> toAgent = new Wire<>();
    final Wire<Numbered> toComposer = new Wire<>();
    final boolean patched;
    final ImageModel image;
    final CounterPage page;
    final Qemu qemu;
    final FileSystem files;
    final Ext4 kernel;
    final Agent agent;
    private final ComposerStore store = new ComposerStore();
    private final Composer.Surroundings around;
    private final Reads reads;
    private Composer composer;
    /** Whether the agent's channel was closed and the composer has not seen it yet. */
    private boolean broken;
    private boolean stalled;
    /** Whether QEMU was killed, and the guest with it. */
    private boolean dead;

    World(final Path folder, final Chance chance, final Set<PlantedBug> bugs, final Tally tally, final Runnable pause) {
        this.chance = chance;
        this.patched = chance.percent(50);
        this.page = patched ? new CounterPage(folder.resolve("page")) : null;
        this.image = image(folder);
        this.qemu = new Qemu(image, page, SECTORS, bugs);
        this.files = new FileSystem(image, SECTORS, chance, time);
        this.kernel = new Ext4(files, patched ? new PatchedTeller(qemu::command) : Teller.STOCK, chance, bugs);
        this.agent = new Agent(files, kernel, toComposer, time, new Agent.Settings(patched, LEASE_MILLIS, bugs));
        this.around = new Composer.Surroundings(qemu, toAgent, time, LEASE_MILLIS, pause, bugs);
        this.composer = new Composer(around, store, 1);
        this.reads = new Reads(time, chance, pause, bugs, tally);
        composer.connect();
        begin();
    }

    /** Some files, which somebody wants to read. */
    private void begin() {
        for (int i = chance.between(1, 3); i > 0; i--) {
            final GuestFile file = files.create();
            if (file != null) {
                kernel.append(file);
                composer.compose(file);
            }
        }
    }

    private ImageModel image(final Path folder) {
        if (chance.percent(30)) {
            return new RawModel(folder.resolve("disk.raw"), SECTORS);
        }
        return new Qcow2Model(folder.resolve("disk.qcow2"), SECTORS, patched ? page : LayoutCounter.NONE, chance);
    }

    void read() throws WrongBytesException {
        reads.readOne(composer.composed());
    }

    Composer composer() {
        return composer;
    }

    void withFile(final Consumer<GuestFile> action) {
        withOne(files.files(), action);
    }

    <T> void withOne(final List<T> choices, final Consumer<T> action) {
        if (!choices.isEmpty()) {
            action.accept(chance.oneOf(choices));
        }
    }

    // ---- the channel between agent and composer

    void deliverToAgent() {
        final Line line = toAgent.receive();
        if (line != null) {
            agent.take(line);
        }
    }

    void deliverToComposer() {
        final Numbered line = toComposer.receive();
        if (line != null && composer.isConnected()) {
            composer.take(line);
        }
    }

    /** Nothing arrives, and nobody is told. */
    void stall(final boolean now) {
        stalled = now;
    }

    boolean isStalled() {
        return stalled;
    }

    void breakChannel() {
        toAgent.clear();
        toComposer.clear();
        agent.hangUp();
        broken = true;
    }

    boolean isToMend() {
        return broken && composer.isConnected() || !composer.isConnected() && qemu.isWriting();
    }

    /** The composer sees the end of the channel, or connects again. */
    void mendChannel() {
        if (broken && composer.isConnected()) {
            composer.hangUp();
        } else if (!composer.isConnected() && qemu.isWriting()) {
            broken = false;
            toAgent.clear();
            toComposer.clear();
            composer.connect();
        }
    }

    // ---- sudden deaths

    void killAgent() {
        agent.killed();
        toComposer.clear();
    }

    void killComposer() {
        composer.killed();
        breakChannel();
        composer = new Composer(around, store, composer.epoch() + 1);
    }

    /** The guest is reset: QEMU counts it before the guest can do anything. */
    void resetGuest() {
        qemu.reset();
        files.crash();
        killAgent();
    }

    boolean guestRuns() {
        return !dead;
    }

    void killQemu() {
        qemu.leave();
        breakChannel();
        dead = true;
        image.killed();
        files.crash();
        agent.killed();
    }

    /** The guest goes on on another host, with the same image. */
    void migrate() {
        qemu.leave();
        image.flush();
        breakChannel();
    }

    void comeBack() {
        if (!qemu.isWriting()) {
            image.flush();
            qemu.comeBack();
            dead = false;
        }
    }

    @Override
    public void close() {
        composer.killed();
        image.close();
        if (page != null) {
            page.close();
        }
    }
}
