package io.livemr.composer.vm;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * One domain of libvirt at one moment. Immutable; two that are equal have the same layout.
 *
 * @param channel unix socket of the virtio-serial port {@code org.livemr.agent.0}, or null.
 * @param maps    where a patched QEMU hands on map records, or null.
 */
public record VmDescription(String name, UUID uuid, State state, Path channel, MapChannel maps, List<VmDisk> disks) {

    /** What matters here of libvirt's domain states. */
    public enum State { RUNNING, PAUSED, SHUT_OFF }

    public VmDescription {
        disks = List.copyOf(disks);
    }

    /** A domain of a stock QEMU. */
    public VmDescription(final String name, final UUID uuid, final State state, final Path channel, final List<VmDisk> disks) {
        this(name, uuid, state, channel, null, disks);
    }

    public boolean active() {
        return state != State.SHUT_OFF;
    }

    /** The agent's socket while something may listen on it, else null. */
    public Path agentSocket() {
        return active() ? channel : null;
    }

    /** The map channel while QEMU runs, else null. */
    public MapChannel mapChannel() {
        return active() ? maps : null;
    }
}
