package io.livemr.lab;

import io.livemr.lab.disk.DataDisk;
import io.livemr.lab.domain.Domains;
import io.livemr.lab.guest.AgentFiles;
import io.livemr.lab.guest.GuestImage;
import io.livemr.lab.guest.GuestImageCache;
import io.livemr.lab.host.Accelerator;
import io.livemr.lab.host.AcceleratorProbe;
import io.livemr.lab.host.DirectIo;
import io.livemr.lab.host.FileTree;
import io.livemr.lab.host.FreePort;
import io.livemr.lab.host.HostCommand;
import io.livemr.lab.host.LibvirtDaemons;
import io.livemr.lab.host.PatchedBuild;
import io.livemr.lab.state.LabFolder;
import io.livemr.lab.state.LabState;
import io.livemr.lab.state.VmState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Brings one lab up: image, accelerator, state, daemons, disks, domains, boot; and takes all back if a step fails. Used once. */
final class LabUp {
    private final LabSpec spec;
    private final Progress progress;
    private final LabFolder folder;
    private final LibvirtDaemons daemons = new LibvirtDaemons();

    LabUp(final LabSpec spec, final Progress progress) {
        this.spec = spec;
        this.progress = progress;
        this.folder = new LabFolder(spec.state());
    }

    Lab run() {
        requireNoLab();
        final GuestImage image = new GuestImageCache(spec.cache()).get(AgentFiles.find(spec.agent()), progress);
        final Accelerator accelerator = accelerator(image);
        final PatchedBuild build = new PatchedBuild(progress);
        final String emulator = spec.mode().hasPatchedQemu() ? build.qemu().toString() : null;
        final Path kernel = spec.mode().hasPatchedKernel() ? build.kernel() : image.kernel();
        makeFolder();
        final LabState state = new LabState(spec.name(), image.key(), accelerator, spec.mode(), emulator,
                spec.vmNames().map(this::plan).toList());
        folder.write(state);
        try {
            progress.step("reaching libvirt");
            daemons.acquire(folder.id(), folder.root());
            return boot(image, kernel, state, Domains.connect());
        } catch (final RuntimeException e) {
            undo(state, e);
            throw e;
        }
    }

    private Lab boot(final GuestImage image, final Path kernel, final LabState state, final Domains domains) {
        progress.step("making " + state.vms().size() + " VM(s)");
        linkImage(image, kernel);
        makeKey();
        state.vms().forEach(this::makeDisks);
        final Lab lab = new Lab(folder, state, domains);
        lab.vms().forEach(LabVm::powerOn);
        for (final LabVm vm : lab.vms()) {
            progress.step("booting " + vm.name() + " under " + state.accelerator());
            vm.awaitUp(spec.bootLimit());
        }
        return lab;
    }

    private void requireNoLab() {
        if (folder.holdsLab()) {
            throw new LabException("a lab is up already in " + folder.root() + "; take it down: livemr lab down --state " + folder.root()
                    + ", or choose another folder with --state and another --name");
        }
    }

    private Accelerator accelerator(final GuestImage image) {
        return spec.accelerator().orElseGet(() -> {
            progress.step("asking whether KVM carries a guest here");
            return new AcceleratorProbe(spec.cache()).choose(image.kernel(), image.initrd(), image.key());
        });
    }

    private VmState plan(final String vm) {
        final DataDisk disk = spec.dataDiskOf(vm);
        return new VmState(vm, spec.domainOf(vm), UUID.randomUUID().toString(), FreePort.find(), spec.memoryMiB(), spec.vcpus(),
                DirectIo.isPossibleIn(folder.root()) ? "none" : "writeback", disk);
    }

    private void makeFolder() {
        try {
            Files.createDirectories(folder.root());
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(folder.root(), e);
        }
    }

    private void linkImage(final GuestImage image, final Path kernel) {
        try {
            Files.createDirectories(folder.image());
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(folder.image(), e);
        }
        FileTree.link(kernel, folder.image().resolve(image.kernel().getFileName()));
        for (final Path file : List.of(image.initrd(), image.systemDisk())) {
            FileTree.link(file, folder.image().resolve(file.getFileName()));
        }
    }

    private void makeKey() {
        HostCommand.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "livemr-lab", "-f", folder.key().toString()).run();
    }

    private void makeDisks(final VmState vm) {
        folder.createFor(vm.name());
        folder.disks(vm.name()).createSystem(folder.image().resolve("system.img"));
        folder.disks(vm.name()).createData(vm.dataDisk());
    }

    /** What went wrong first is what the caller hears; trouble while undoing rides along. */
    private void undo(final LabState state, final RuntimeException cause) {
        try {
            if (LibvirtDaemons.isReachable()) {
                Lab.takeDown(folder, state, Domains.connect(), daemons);
            } else {
                folder.clear(state);
                daemons.release(folder.id(), () -> false);
            }
        } catch (final RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
