package io.livemr.lab;

/** How block maps leave the guests of a lab (docs/protocol.md). */
public enum LabMode {
    /** Debian's kernel and Debian's QEMU: by the agent's channel. */
    STOCK,
    /** Debian's kernel, patched QEMU: by the agent's vendor commands. */
    HYPERVISOR,
    /** Patched kernel, patched QEMU: by vendor commands of ext4. */
    PATCHED;

    boolean hasPatchedQemu() {
        return this != STOCK;
    }

    boolean hasPatchedKernel() {
        return this == PATCHED;
    }
}
