package io.livemr.simulation;

import io.livemr.simulation.guest.GuestFile;
import io.livemr.simulation.schedule.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** All that can happen in a world but reads, and how often. For one thread. */
final class Happenings {

    /** Of a hundred seeds: a world with all faults is one in which hardly anything goes right for long enough. */
    private static final int FAULT_PERCENT = 30;

    /** @param weight how often, beside the others that are possible. */
    private record Kind(String name, int weight, BooleanSupplier possible, Runnable action) {
    }

    private final World world;
    private final Chance chance;
    private final List<Kind> kinds = new ArrayList<>();
    private final List<String> last = new ArrayList<>();

    Happenings(final World world) {
        this.world = world;
        this.chance = world.chance;
        guest();
        agent();
        channel();
        composer();
        host();
        time();
    }

    private void add(final String name, final int weight, final BooleanSupplier possible, final Runnable action) {
        kinds.add(new Kind(name, weight, possible, action));
    }

    private void add(final String name, final int weight, final Runnable action) {
        add(name, weight, () -> true, action);
    }

    /** What a guest does can happen while it runs. */
    private void inGuest(final String name, final int weight, final BooleanSupplier possible, final Runnable action) {
        add(name, weight, () -> world.guestRuns() && possible.getAsBoolean(), action);
    }

    private void inGuest(final String name, final int weight, final Runnable action) {
        inGuest(name, weight, () -> true, action);
    }

    private void fault(final String name, final int weight, final Runnable action) {
        if (chance.percent(FAULT_PERCENT)) {
            add(name, weight, action);
        }
    }

    /** One thing happens. */
    void next() {
        final List<Kind> possible = kinds.stream().filter(kind -> kind.possible().getAsBoolean()).toList();
        int at = chance.below(possible.stream().mapToInt(Kind::weight).sum());
        for (final Kind kind : possible) {
            at -= kind.weight();
            if (at < 0) {
                world.time.pass(1_000);
                last.add(kind.name());
                kind.action().run();
                return;
            }
        }
    }

    /** What happened last, in order. */
    List<String> last(final int limit) {
        return last.subList(Math.max(0, last.size() - limit), last.size());
    }

    private void guest() {
        inGuest("append", 30, () -> world.withFile(world.kernel::append));
        inGuest("overwrite", 10, () -> world.withFile(world.kernel::overwrite));
        inGuest("write back", 15, () -> world.withFile(world.kernel::writeBack));
        inGuest("kernel step", 300, () -> !world.files.busy().isEmpty(), () -> world.withOne(world.files.busy(), GuestFile::step));
        inGuest("truncate", 4, () -> world.withFile(world.kernel::truncate));
        inGuest("punch", 4, () -> world.withFile(world.kernel::punch));
        inGuest("unlink", 4, () -> world.withFile(world.kernel::unlink));
        inGuest("move", 4, () -> world.withFile(world.kernel::move));
        inGuest("create", 15, world.files::create);
    }

    private void agent() {
        inGuest("agent step", 200, world.agent::isBusy, world.agent::step);
        inGuest("announce", 20, () -> world.withOne(world.agent.served(), world.agent::announce));
        inGuest("agent beat", 30, world.agent::beat);
        inGuest("revoke", 3, () -> world.withOne(world.agent.served(), world.agent::revoke));
        inGuest("agent clock", 20, world.agent::lookAtTheClock);
    }

    private void channel() {
        add("to agent", 150, () -> !world.isStalled() && !world.toAgent.isEmpty(), world::deliverToAgent);
        add("to composer", 150, () -> !world.isStalled() && !world.toComposer.isEmpty(), world::deliverToComposer);
        fault("disturb to agent", 8, () -> world.toAgent.disturb(chance));
        fault("disturb to composer", 12, () -> world.toComposer.disturb(chance));
        fault("channel breaks", 2, world::breakChannel);
        fault("channel stalls", 5, () -> world.stall(true));
        add("channel goes on", 5, world::isStalled, () -> world.stall(false));
        add("channel mends", 150, world::isToMend, world::mendChannel);
    }

    private void composer() {
        add("composer beat", 30, () -> world.composer().beat());
        add("compose", 20, () -> world.withFile(this::compose));
        fault("domain changed", 2, () -> world.composer().changed("domain"));
        if (world.patched) {
            add("map channel", 150, () -> world.composer().hasMapsToDo(), () -> world.composer().goOnWithMaps());
            fault("records lost", 2, world.qemu::overflow);
        }
    }

    private void compose(final GuestFile file) {
        if (!world.composer().isComposed(file)) {
            world.composer().compose(file);
        }
    }

    private void host() {
        add("rearrange image", 25, () -> world.image.rearrange(chance));
        add("image step", 30, world.image::step);
        fault("kill agent", 2, world::killAgent);
        fault("kill composer", 2, world::killComposer);
        fault("reset guest", 2, world::resetGuest);
        fault("qemu goes", 2, this::qemuGoes);
        add("qemu comes back", 150, () -> !world.qemu.isWriting(), world::comeBack);
    }

    private void qemuGoes() {
        if (chance.percent(50)) {
            world.killQemu();
        } else {
            world.migrate();
        }
    }

    private void time() {
        add("time", 10, () -> world.time.passMillis(chance.between(1, 500)));
        add("time of a stall", 20, world::isStalled, () -> world.time.passMillis(chance.between(500, 8_000)));
        fault("much time", 2, () -> world.time.passMillis(chance.between(3_000, 20_000)));
    }
}
