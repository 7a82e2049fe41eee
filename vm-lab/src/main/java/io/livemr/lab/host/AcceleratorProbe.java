package io.livemr.lab.host;

import io.livemr.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Finds out whether KVM works here by booting the lab's own kernel under it. That {@code /dev/kvm} opens proves nothing: inside
 * some virtual machines it does, and the guest then hangs. The answer holds for one kernel until this machine boots again.
 */
public final class AcceleratorProbe {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Path KVM = Path.of("/dev/kvm");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path cache;

    public AcceleratorProbe(final Path cache) {
        this.cache = cache;
    }

    /** @param kernelKey tells this kernel from others. */
    public Accelerator choose(final Path kernel, final Path initrd, final String kernelKey) {
        if (!Files.exists(KVM)) {
            return Accelerator.TCG;
        }
        final Path answer = cache.resolve("accelerator-" + kernelKey + "-" + bootId());
        try {
            if (!Files.exists(answer)) {
                Files.writeString(answer, (bootsUnderKvm(kernel, initrd) ? Accelerator.KVM : Accelerator.TCG).name());
            }
            return Accelerator.valueOf(Files.readString(answer));
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(answer, e);
        }
    }

    private static boolean bootsUnderKvm(final Path kernel, final Path initrd) {
        final HostCommand boot = HostCommand.of(List.of("qemu-system-x86_64", "-machine", "q35,accel=kvm", "-cpu", "host",
                "-m", "256", "-nodefaults", "-display", "none", "-no-reboot", "-serial", "stdio",
                "-kernel", kernel.toString(), "-initrd", initrd.toString(), "-append", "console=ttyS0 quiet panic=-1 no_timer_check livemr.probe"));
        try {
            return boot.limit(LIMIT).tryRun().output().contains("livemr-probe-ok");
        } catch (final LabException e) {
            return false;
        }
    }

    private static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (final IOException e) {
            throw new LabException("cannot read " + BOOT_ID + ": " + e.getMessage(), e);
        }
    }
}
