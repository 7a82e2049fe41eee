package io.livemr.composer;

import static io.livemr.composer.Rig.FILE;
import static io.livemr.composer.Rig.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.livemr.composer.file.ComposedFile;
import io.livemr.composer.file.ComposeRequest;
import io.livemr.composer.file.FileState;
import io.livemr.composer.file.ReadRefusedException;
import io.livemr.composer.vm.VmDescription;
import io.livemr.composer.vm.VmObserver;
import io.livemr.composer.vm.VmWatch;
import io.livemr.extent.Extent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/**
 * A real libvirt, a real QEMU and its qcow2 disk. There is no guest system: what a guest would write, QEMU is told to write through
 * the disk's own device, and a fake agent says what the guest's agent would.
 */
class LibvirtQemuIT {

    private static final String URI = "qemu:///system";
    private static final int HUMAN = 1;
    private static final long SECTORS = 64L << 11;

    @TempDir
    private Path folder;
    private Path image;
    private Connect libvirt;
    private Domain domain;
    private FakeAgent agent;
    private Rig rig;
    private VmWatch watch;

    @BeforeEach
    void start() throws Exception {
        libvirt = connect();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        image = folder.resolve("disk.qcow2");
        run("qemu-img", "create", "-q", "-f", "qcow2", image.toString(), "64M");
        agent = new FakeAgent(folder.resolve("agent.sock"));
        rig = new Rig(folder, 10_000, 5_000);
        domain = libvirt.domainCreateXML(definition("livemr-it-" + ProcessHandle.current().pid()), 0);
        watch = new VmWatch(URI, onlyOurs(), Duration.ofMillis(300));
        rig.metrics.onImageNotWritten(watch::rescanSoon);
        watch.start();
        await().atMost(Duration.ofSeconds(60)).until(rig.hearing::isListening);     // its first look at all domains is done
    }

    private static Connect connect() {
        try {
            return new Connect(URI);
        } catch (final LibvirtException | UnsatisfiedLinkError e) {
            assumeTrue(false, "no libvirt at " + URI + ": " + e.getMessage());
            return null;
        }
    }

    private String definition(final String name) {
        return """
                <domain type='qemu'><name>%s</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>
                <os><type arch='x86_64' machine='q35'>hvm</type></os><on_crash>destroy</on_crash>
                <devices><disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none' discard='unmap'/>
                <source file='%s'/><target dev='vda' bus='virtio'/><serial>data</serial></disk></devices></domain>"""
                .formatted(name, image);
    }

    /** Shows the rig this test's domain, with the fake agent's socket for its channel. */
    private VmObserver onlyOurs() throws LibvirtException {
        final UUID ours = UUID.fromString(domain.getUUIDString());
        return new VmObserver() {
            @Override
            public void changed(final VmDescription vm, final String reason) {
                if (vm.uuid().equals(ours)) {
                    rig.vms.changed(new VmDescription(
                            "vm1", vm.uuid(), vm.state(), vm.active() ? folder.resolve("agent.sock") : null, vm.disks()), reason);
                }
            }

            @Override
            public void layoutSuspect(final UUID vm, final String reason) {
                rig.vms.layoutSuspect(vm, reason);
            }

            @Override
            public void undefined(final UUID vm) {
                rig.vms.undefined(vm);
            }

            @Override
            public void listening(final boolean listening) {
                rig.vms.listening(listening);
            }
        };
    }

    @AfterEach
    void stop() throws Exception {
        if (watch != null) {
            watch.close();
        }
        try {
            if (domain != null) {
                domain.destroy();
            }
        } catch (final LibvirtException e) {
            assertThat(e.getMessage()).contains("not found");
        } finally {
            if (rig != null) {
                rig.close();
                agent.close();
            }
            if (libvirt != null) {
                libvirt.close();
            }
        }
    }

    private static void run(final String... command) throws Exception {
        final Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }

    private void qemuIo(final String command) throws LibvirtException {
        final String answer = domain.qemuMonitorCommand(
                "qemu-io -d /machine/peripheral/virtio-disk0/virtio-backend \"" + command + "\"", HUMAN);
        assertThat(answer).as(command).doesNotContainIgnoringCase("error").doesNotContain("failed");
    }

    private void guestWrites(final int pattern, final String offset, final String length) throws LibvirtException {
        qemuIo("write -P " + pattern + " " + offset + " " + length);
        qemuIo("flush");
    }

    private ComposedFile live() throws Exception {
        agent.await("hello");
        final ComposedFile file = rig.files.compose(
                new ComposeRequest("bob", List.of(new ComposeRequest.Source("vm1", "/data/log")), null));
        agent.grant(agent.await("map").path("id").asText(), FILE, "data", SECTORS);
        announce();
        rig.awaitState(file, FileState.LIVE);
        return file;
    }

    /** The file: 1 MiB at 1 MiB of the disk. */
    private void announce() throws Exception {
        agent.announce(FILE, 1 << 20, new Extent(0, 2_048, 1 << 20));
    }

    private void awaitBytes(final ComposedFile file, final int pattern) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50)).until(() -> {
            try {
                return allAre(read(file, 0, 1 << 20), pattern);
            } catch (final ReadRefusedException e) {
                return false;
            }
        });
    }

    @Test
    void shouldReadWhatTheGuestWroteThroughQemu() throws Exception {
        guestWrites(0x41, "1M", "1M");
        final ComposedFile file = live();

        assertThat(read(file, 0, 1 << 20)).containsOnly(0x41);

        guestWrites(0x42, "1M", "1M");
        assertThat(read(file, 0, 1 << 20)).containsOnly(0x42);
    }

    @Test
    void shouldNeverReadTheOldImageAfterADiskOnlySnapshot() throws Exception {
        guestWrites(0x41, "1M", "1M");
        final ComposedFile file = live();

        domain.snapshotCreateXML("<domainsnapshot><disks><disk name='vda'><source file='" + folder.resolve("overlay.qcow2")
                + "'/></disk></disks></domainsnapshot>", 16 | 4);
        guestWrites(0x42, "1M", "1M");

        // No event told of it. Until the agent announces in the new epoch: an error, never 0x41.
        assertThatThrownBy(() -> read(file, 0, 1 << 20)).isInstanceOf(ReadRefusedException.class);
        agent.await("resync");
        announce();
        awaitBytes(file, 0x42);
    }

    @Test
    void shouldFollowTheGuestThroughABlockCommitWithPivot() throws Exception {
        guestWrites(0x41, "1M", "1M");
        domain.snapshotCreateXML("<domainsnapshot><disks><disk name='vda'><source file='" + folder.resolve("overlay.qcow2")
                + "'/></disk></disks></domainsnapshot>", 16 | 4);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> domain.getXMLDesc(0).contains("overlay.qcow2"));
        guestWrites(0x42, "1M", "1M");
        final ComposedFile file = live();
        awaitAnnounced(file, 0x42);

        run("virsh", "-q", "-c", URI, "blockcommit", domain.getName(), "vda", "--active", "--pivot", "--wait");
        guestWrites(0x43, "1M", "1M");

        assertThatThrownBy(() -> read(file, 0, 1 << 20)).isInstanceOf(ReadRefusedException.class);
        awaitAnnounced(file, 0x43);
    }

    /** A rescan may see the new state before its event is heard. */
    private void awaitResync(final String reason) {
        String heard = "";
        while (!heard.equals(reason)) {
            heard = agent.await("resync").path("reason").asText();
        }
    }

    /** Block jobs give several events, each an epoch: announce for as long as it takes. */
    private void awaitAnnounced(final ComposedFile file, final int pattern) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(300)).ignoreExceptionsInstanceOf(ReadRefusedException.class).until(() -> {
            announce();
            rig.files.tick();
            return file.status().state() == FileState.LIVE && allAre(read(file, 0, 1 << 20), pattern);
        });
    }

    private static boolean allAre(final byte[] bytes, final int pattern) {
        for (final byte b : bytes) {
            if (b != (byte) pattern) {
                return false;
            }
        }
        return true;
    }

    @Test
    void shouldStopServingWhenTheVmIsKilled() throws Exception {
        guestWrites(0x41, "1M", "1M");
        final ComposedFile file = live();

        domain.destroy();

        assertThatThrownBy(() -> read(file, 0, 4_096)).isInstanceOf(ReadRefusedException.class);
        rig.awaitState(file, FileState.FAILED);
        assertThat(file.status().reason()).isEqualTo("vm_gone");
    }

    @Test
    void shouldRaiseTheEpochWhenTheVmIsPaused() throws Exception {
        guestWrites(0x41, "1M", "1M");
        final ComposedFile file = live();

        domain.suspend();
        awaitResync("suspended");
        domain.resume();
        awaitResync("resumed");

        announce();
        awaitBytes(file, 0x41);
    }
}
