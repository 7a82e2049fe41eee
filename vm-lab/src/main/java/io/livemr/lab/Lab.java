package io.livemr.lab;

import io.livemr.lab.domain.Domains;
import io.livemr.lab.host.Accelerator;
import io.livemr.lab.host.LibvirtDaemons;
import io.livemr.lab.state.LabFolder;
import io.livemr.lab.state.LabState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Real VMs, up until {@link #down}.
 *
 * <pre>{@code
 *  try (Lab lab = Lab.up(LabSpec.of(2).name("it").state(folder), Progress.SILENT)) {
 *      lab.vm("vm1").exec("echo hello > /data/log").orThrow();
 *  }
 * }</pre>
 *
 * <p>Everything is written down in the state folder, so a lab may be left with {@link #leave} and opened again by another process.
 * Threads may share a lab.
 */
public final class Lab implements AutoCloseable {
    private final LabFolder folder;
    private final LibvirtDaemons daemons = new LibvirtDaemons();
    private final Domains domains;
    private final LabState state;
    private final List<LabVm> vms;
    private boolean open = true;

    Lab(final LabFolder folder, final LabState state, final Domains domains) {
        this.folder = folder;
        this.state = state;
        this.domains = domains;
        this.vms = state.vms().stream().map(vm -> new LabVm(this, folder, domains, vm.name())).toList();
    }

    /** Builds what is missing and boots. When this fails nothing is left behind, and the error tells why. */
    public static Lab up(final LabSpec spec, final Progress progress) {
        return new LabUp(spec, progress).run();
    }

    public static Lab up(final LabSpec spec) {
        return up(spec, Progress.SILENT);
    }

    /** A lab that is up already, by its state folder. */
    public static Lab open(final Path stateFolder) {
        final LabFolder folder = new LabFolder(stateFolder);
        final LabState state = folder.read();
        new LibvirtDaemons().acquire(folder.id(), folder.root());
        return new Lab(folder, state, Domains.connect());
    }

    public static boolean isUp(final Path stateFolder) {
        return new LabFolder(stateFolder).holdsLab();
    }

    public String name() {
        return state.name();
    }

    public List<LabVm> vms() {
        return vms;
    }

    /** @param name as {@code vm1}. */
    public LabVm vm(final String name) {
        return vms.stream().filter(vm -> vm.name().equals(name)).findFirst().orElseThrow(() -> new LabException(
                "no VM " + name + " in lab " + name() + "; there are " + vms.stream().map(LabVm::name).toList()));
    }

    public LabMode mode() {
        return state.mode();
    }

    /** The QEMU that runs the VMs, where it is not the one that libvirt takes. */
    Optional<Path> emulator() {
        return Optional.ofNullable(state.emulator()).map(Path::of);
    }

    public Accelerator accelerator() {
        return state.accelerator();
    }

    /** Holds the images of all this lab's VMs and what backs them. */
    public Path stateFolder() {
        return folder.root();
    }

    /** For tests that do to a domain what an administrator would. */
    public Domains domains() {
        return domains;
    }

    /** Takes all down and removes it: domains, images, sockets, ssh connections, and the daemons if only we needed them. */
    public synchronized void down() {
        if (open) {
            open = false;
            takeDown(folder, folder.read(), domains, daemons);
        }
    }

    /** Lets go of the lab without taking it down. */
    public synchronized void leave() {
        if (open) {
            open = false;
            domains.close();
        }
    }

    /** Takes the lab down when this process ends, also by Ctrl-C; not when it is killed with SIGKILL. */
    public void downAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::down, "lab-down"));
    }

    @Override
    public void close() {
        down();
    }

    static void takeDown(final LabFolder folder, final LabState state, final Domains domains, final LibvirtDaemons daemons) {
        state.vms().forEach(vm -> LabVm.ssh(folder, vm).disconnect());
        state.vms().forEach(vm -> domains.remove(vm.uuid()));
        folder.clear(state);
        daemons.release(folder.id(), domains::anyRunning);
        domains.close();
    }
}
