package io.livemr.simulation.disk;

/** What a patched QEMU counts before and after it moves clusters: docs/protocol.md, section 9. */
public interface LayoutCounter {

    /** A stock QEMU. */
    LayoutCounter NONE = () -> { };

    void raise();
}
