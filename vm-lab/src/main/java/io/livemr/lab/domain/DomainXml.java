package io.livemr.lab.domain;

import io.livemr.lab.disk.DataDisk;
import io.livemr.lab.host.Accelerator;
import io.livemr.lab.state.LabFolder;
import io.livemr.lab.state.VmState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes libvirt's description of one lab VM: q35, direct kernel boot, two virtio-scsi disks told apart by serial, the agent's
 * virtio-serial channel, console to a file, QEMU's user-mode network, and where QEMU is patched, its way to the composer.
 *
 * <p>QEMU runs as root: the lab's files may lie below a home folder or a test's private folder, which libvirt's own user could
 * not enter. The guests are the lab's own.
 */
public final class DomainXml {
    /** The name that the agent and the composer know. */
    public static final String CHANNEL = "org.livemr.agent.0";

    /**
     * Where only one processor is possible, TCG leaves out the guest's memory barriers ({@code tcg_gen_mb} up to QEMU 8.0; mended in 8.1 by c914d46d0a64). A guest
     * then now and then misses that a virtio device is done, and waits for ever.
     */
    private static final int NEVER_PLUGGED_IN = 1;

    private final LabFolder folder;
    private final Accelerator accelerator;
    private final Optional<Path> patchedQemu;
    private final String publicKey;

    /**
     * @param patchedQemu tells the composer where files lie; without it libvirt's own choice runs the VM.
     * @param publicKey base64 part of the lab's ed25519 public key.
     */
    public DomainXml(
            final LabFolder folder, final Accelerator accelerator, final Optional<Path> patchedQemu, final String publicKey) {
        this.folder = folder;
        this.accelerator = accelerator;
        this.patchedQemu = patchedQemu;
        this.publicKey = publicKey;
    }

    public String of(final VmState vm) {
        return """
                <domain type='%s' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
                  <name>%s</name>
                  <uuid>%s</uuid>
                  <title>%s</title>
                  <description>LiveMR lab in %s</description>
                  <memory unit='MiB'>%d</memory>
                  <vcpu current='%d'>%d</vcpu>
                  <os>
                    <type arch='x86_64' machine='q35'>hvm</type>
                    <kernel>%s</kernel>
                    <initrd>%s</initrd>
                    <cmdline>%s</cmdline>
                  </os>
                  <features><acpi/></features>
                  <cpu mode='%s'/>
                  <on_reboot>restart</on_reboot>
                  <devices>
                %s    <controller type='scsi' model='virtio-scsi'/>
                %s%s    <channel type='unix'><source mode='bind'/><target type='virtio' name='%s'/></channel>
                    <serial type='file'><source path='%s'/></serial>
                    <memballoon model='none'/>
                  </devices>
                  <seclabel type='static' model='dac' relabel='no'><label>+0:+0</label></seclabel>
                %s</domain>
                """.formatted(accelerator.domainType(), escape(vm.domain()), vm.uuid(), escape(vm.name()), escape(folder.root().toString()),
                vm.memoryMiB(), vm.vcpus(), vm.vcpus() + NEVER_PLUGGED_IN,
                escape(folder.image().resolve("vmlinuz").toString()), escape(folder.image().resolve("initrd.gz").toString()),
                escape(commandLine(vm)), accelerator.cpuMode(), emulator(), systemDisk(vm), dataDisk(vm), CHANNEL,
                escape(folder.console(vm.name()).toString()), qemuArguments(vm));
    }

    /** The guest's boot script takes its settings from here; see {@code rootfs/usr/lib/livemr/boot}. */
    String commandLine(final VmState vm) {
        final DataDisk disk = vm.dataDisk();
        // On a host that is busy, the kernel takes an emulated timer that comes late for one that does not work, and panics.
        return "console=ttyS0 quiet panic=-1 no_timer_check livemr.name=" + vm.name() + " livemr.key=" + publicKey
                + " livemr.data.layout=" + lower(disk.layout()) + " livemr.data.start=" + disk.startSector()
                + " livemr.data.fs=" + lower(disk.fileSystem()) + " livemr.data.block=" + (disk.blockBytes() > 0 ? disk.blockBytes() : "")
                + " livemr.data.features=" + disk.features() + " livemr.data.mount=" + disk.mountOptions();
    }

    private String systemDisk(final VmState vm) {
        return disk("qcow2", "unsafe", folder.disks(vm.name()).system().toString(), "sda", "system");
    }

    private String dataDisk(final VmState vm) {
        return disk(lower(vm.dataDisk().format()), vm.dataCache(),
                folder.disks(vm.name()).data(vm.dataDisk()).toString(), "sdb", "data");
    }

    private static String disk(final String format, final String cache, final String path, final String target, final String serial) {
        return """
                    <disk type='file' device='disk'>
                      <driver name='qemu' type='%s' cache='%s' discard='unmap'/>
                      <source file='%s'/>
                      <target dev='%s' bus='scsi'/>
                      <serial>%s</serial>
                    </disk>
                """.formatted(format, cache, escape(path), target, serial);
    }

    private String emulator() {
        return patchedQemu.map(path -> "    <emulator>" + escape(path.toString()) + "</emulator>\n").orElse("");
    }

    private String qemuArguments(final VmState vm) {
        final List<String> arguments = new ArrayList<>(network(vm));
        if (patchedQemu.isPresent()) {
            arguments.addAll(maps(vm));
        }
        return arguments.stream().map(argument -> "    <qemu:arg value='" + escape(argument) + "'/>\n")
                .collect(Collectors.joining("", "  <qemu:commandline>\n", "  </qemu:commandline>\n"));
    }

    /** libvirt 9.0 forwards no port of a user-mode network, so QEMU is told directly; the slot is far from those that libvirt gives out. */
    private static List<String> network(final VmState vm) {
        return List.of("-netdev", "user,id=lab,hostfwd=tcp:127.0.0.1:" + vm.sshPort() + "-:22",
                "-device", "virtio-net-pci,netdev=lab,bus=pcie.0,addr=0x1c,romfile=");
    }

    /** What every disk tells where its files lie goes to one socket (docs/protocol.md, section 9). */
    private List<String> maps(final VmState vm) {
        return List.of("-chardev", "socket,id=livemr0,path=" + folder.mapSocket(vm.name()) + ",server=on,wait=off",
                "-object", "livemr-maps,id=livemr0,chardev=livemr0,generations=" + folder.mapPage(vm.name()),
                "-global", "scsi-hd.livemr=livemr0");
    }

    private static String lower(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static String escape(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&apos;").replace("\"", "&quot;");
    }
}
