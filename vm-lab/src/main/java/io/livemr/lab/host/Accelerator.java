package io.livemr.lab.host;

/** What runs the guest's instructions: the processor (KVM) or QEMU's translator (TCG). */
public enum Accelerator {
    KVM("kvm", "host-passthrough"),
    TCG("qemu", "maximum");

    private final String domainType;
    private final String cpuMode;

    Accelerator(final String domainType, final String cpuMode) {
        this.domainType = domainType;
        this.cpuMode = cpuMode;
    }

    /** libvirt's name for it. */
    public String domainType() {
        return domainType;
    }

    public String cpuMode() {
        return cpuMode;
    }
}
