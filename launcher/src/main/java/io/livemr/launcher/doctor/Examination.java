package io.livemr.launcher.doctor;

import static io.livemr.launcher.doctor.Finding.need;
import static io.livemr.launcher.doctor.Finding.want;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks at this machine. Takes a few seconds, and a minute the first time: KVM is tried by booting a small guest. */
final class Examination {
    private static final long GIBIBYTE = 1L << 30;
    private static final long MEMORY_NEEDED_BYTES = 4 * GIBIBYTE;
    private static final long DISK_NEEDED_BYTES = 10 * GIBIBYTE;
    private static final int COMMAND_LIMIT_SECONDS = 20;

    private final Path home;

    Examination(final Path home) {
        this.home = home;
    }

    List<Finding> findings() {
        return List.of(root(), jdk(), program("maven", "mvn", "--version"), program("qemu", "qemu-system-x86_64", "--version"),
            kvm(), libvirt(), fuse(), loop(), memory(), disk(),
            want("ucx", false, "remote memory access: not used by this version"),
            want("iscsi", false, "shared block volumes: not used by this version"));
    }

    private static Finding root() {
        final boolean works = "root".equals(System.getProperty("user.name"));
        return need("root", works, works ? "yes" : "the composer mounts and reads disk images: run as root");
    }

    private static Finding jdk() {
        final boolean works = Runtime.version().feature() == 17 && Files.exists(Path.of(System.getProperty("java.home"), "jmods"));
        return need("jdk", works, Runtime.version() + " in " + System.getProperty("java.home")
            + (works ? "" : "; install openjdk-17-jdk-headless"));
    }

    private static Finding program(final String name, final String... command) {
        final Output output = run(command);
        return need(name, output.succeeded(), output.succeeded() ? output.firstLine() : "install it: scripts/install-debian-packages.sh");
    }

    private static Finding kvm() {
        if (!Files.exists(Path.of("/dev/kvm"))) {
            return want("kvm", false, "no /dev/kvm; guests are emulated (TCG), several times slower");
        }
        try {
            final boolean boots = KvmTrial.boots();
            return want("kvm", boots, boots ? "a guest boots under it"
                : "/dev/kvm opens, but a guest does not boot under it; guests are emulated (TCG), several times slower");
        } catch (final RuntimeException e) {
            return want("kvm", false, "could not be tried: " + e.getMessage());
        }
    }

    private static Finding libvirt() {
        final Output version = run("virsh", "--version");
        final boolean works = version.succeeded() && Files.isExecutable(Path.of("/usr/sbin/libvirtd"));
        final boolean answers = works && run("virsh", "--connect", "qemu:///system", "uri").succeeded();
        return need("libvirt", works, !works ? "install libvirt-daemon-system libvirt-clients libvirt-daemon-driver-qemu"
            : version.firstLine() + (answers ? ", its daemon answers" : ", its daemon is not running; the lab starts it"));
    }

    private static Finding fuse() {
        final boolean device = Files.isReadable(Path.of("/dev/fuse")) && Files.isWritable(Path.of("/dev/fuse"));
        return need("fuse", device, device ? "/dev/fuse" : "no /dev/fuse: the kernel lacks FUSE, or the container is not given it");
    }

    private static Finding loop() {
        final boolean device = Files.exists(Path.of("/dev/loop-control"));
        return want("loop", device, device ? "/dev/loop-control" : "no loop devices: tests that mount images are skipped");
    }

    private static Finding memory() {
        try {
            final long availableBytes = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024).findFirst().orElse(0);
            return need("memory", availableBytes >= MEMORY_NEEDED_BYTES,
                gibibytes(availableBytes) + " free of the " + gibibytes(MEMORY_NEEDED_BYTES) + " that the demo takes");
        } catch (final IOException e) {
            return need("memory", false, e.getMessage());
        }
    }

    private Finding disk() {
        final long freeBytes = home.toFile().getUsableSpace();
        return need("disk", freeBytes >= DISK_NEEDED_BYTES,
            gibibytes(freeBytes) + " free of the " + gibibytes(DISK_NEEDED_BYTES) + " that build and lab take");
    }

    private static String gibibytes(final long bytes) {
        return String.format("%.1f GiB", bytes / (double) GIBIBYTE);
    }

    private record Output(boolean succeeded, String firstLine) {
    }

    private static Output run(final String... command) {
        try {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            final boolean ended = process.waitFor(COMMAND_LIMIT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return new Output(ended && process.exitValue() == 0, text.lines().findFirst().orElse("").replaceAll("\\e\\[\\d*m", ""));
        } catch (final IOException e) {
            return new Output(false, e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Output(false, "interrupted");
        }
    }
}
