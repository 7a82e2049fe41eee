package io.livemr.system;

import static org.awaitility.Awaitility.await;

import io.livemr.lab.LabVm;
import io.livemr.lab.domain.Domains;
import io.livemr.lab.host.HostCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Another host with a libvirtd of its own, on the same storage, to which VMs migrate while they run: see {@code second-host.sh}. */
final class SecondHost implements AutoCloseable {
    private static final Path SCRIPT = Path.of("src", "test", "sh", "second-host.sh").toAbsolutePath();

    private final Path folder;
    private final Process libvirtd;

    private SecondHost(final Path folder, final Process libvirtd) {
        this.folder = folder;
        this.libvirtd = libvirtd;
    }

    static SecondHost up() throws IOException {
        final Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "livemr-host");
        final File log = folder.resolve("libvirtd.log").toFile();
        final SecondHost host = new SecondHost(folder,
            new ProcessBuilder(SCRIPT.toString(), folder.toString()).redirectErrorStream(true).redirectOutput(log).start());
        try {
            await("a second libvirtd; its words are in " + log).atMost(Site.LIMIT).until(host::answers);
        } catch (final RuntimeException e) {
            host.close();
            throw e;
        }
        return host;
    }

    private boolean answers() {
        return HostCommand.of("virsh", "--connect", uri(), "uri").tryRun().exitCode() == 0;
    }

    private String uri() {
        return "qemu+unix:///system?socket=" + folder.resolve("run/libvirt/libvirt-sock");
    }

    /** Returns when the VM runs there and no more on the first host. */
    void takes(final LabVm vm) {
        vm.ssh().disconnect();
        migrate(vm, Domains.URI, uri());
    }

    void givesBack(final LabVm vm) {
        migrate(vm, uri(), Domains.URI);
    }

    // "unsafe" is libvirt's word for storage that it does not know to be shared.
    private void migrate(final LabVm vm, final String from, final String to) {
        HostCommand.of("virsh", "--connect", from, "migrate", "--live", "--unsafe", vm.domain(), "--desturi", to,
            "--migrateuri", "unix://" + folder.resolve("migration")).run();
    }

    /** All that runs on it ends with it. */
    @Override
    public void close() {
        libvirtd.descendants().forEach(ProcessHandle::destroyForcibly);
        libvirtd.destroyForcibly().onExit().join();
        Trees.delete(folder);
    }
}
