package io.livemr.composer.vm;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * One domain of libvirt at one moment. Immutable; two that are equal have the same layout.
 *
 * @param channel unix socket of the virtio-serial port {@code org.livemr.agent.0}, or null.
 */
public record VmDescription(String name, UUID uuid, State state, Path channel, List<VmDisk> disks) {

    /** What matters here of libvirt's domain states. */
    public enum State { RUNNING, PAUSED, SHUT_OFF }

    public VmDescription {
        disks = List.copyOf(disks);
    }

    public boolean active() {
        return state != State.SHUT_OFF;
    }

    public boolean hasAgentChannel() {
        return active() && channel != null;
    }
}
