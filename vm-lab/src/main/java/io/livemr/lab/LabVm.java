package io.livemr.lab;

import io.livemr.lab.disk.DataDisk;
import io.livemr.lab.domain.DomainXml;
import io.livemr.lab.domain.Domains;
import io.livemr.lab.domain.VmPower;
import io.livemr.lab.ssh.ExecResult;
import io.livemr.lab.ssh.GuestCommand;
import io.livemr.lab.ssh.SshClient;
import io.livemr.lab.ssh.SshTarget;
import io.livemr.lab.state.LabFolder;
import io.livemr.lab.state.VmState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One VM of a lab: commands in it, its images, and its power. Threads may share it, but power is one thread's business at a time.
 */
public final class LabVm {
    private static final Duration RESTART_LIMIT = Duration.ofSeconds(300);

    private final LabFolder folder;
    private final String name;
    private final Lab lab;
    private final Domains domains;

    LabVm(final Lab lab, final LabFolder folder, final Domains domains, final String name) {
        this.lab = lab;
        this.folder = folder;
        this.domains = domains;
        this.name = name;
    }

    /** As {@code vm1}. */
    public String name() {
        return name;
    }

    /** libvirt's name of it, which is also the composer's. */
    public String domain() {
        return state().domain();
    }

    public String uuid() {
        return state().uuid();
    }

    /** One string is a line for the guest's shell, several are a program and its arguments. As root; any exit code is an answer. */
    public ExecResult exec(final String... command) {
        return run(GuestCommand.of(command));
    }

    /** Like {@link #exec}, as another user of the guest. */
    public ExecResult execAs(final String user, final String... command) {
        return run(GuestCommand.of(command).as(user));
    }

    /** A command with a stdin, a stream for its stdout, or a time limit. */
    public ExecResult run(final GuestCommand command) {
        return ssh().run(command);
    }

    public SshClient ssh() {
        return ssh(folder, state());
    }

    /** The image that the guest's data disk is kept in; with a backing file, the overlay. */
    public Path dataImage() {
        return folder.disks(name).data(state().dataDisk());
    }

    public DataDisk dataDisk() {
        return state().dataDisk();
    }

    public Path systemImage() {
        return folder.disks(name).system();
    }

    public int sshPort() {
        return state().sshPort();
    }

    /** What the guest wrote to its console since it was last powered on. */
    public Path console() {
        return folder.console(name);
    }

    public boolean isRunning() {
        return domains.isRunning(uuid());
    }

    /** The agent's process in the guest. Empty while init is starting it again. */
    public Optional<Long> agentPid() {
        // The guest has no pgrep, and livemr-grant is a Java program too.
        final ExecResult found = exec("for pid in $(pidof java); do grep -q io.livemr.agent.Main /proc/$pid/cmdline && echo $pid; done");
        return found.stdout().lines().findFirst().map(Long::parseLong);
    }

    /** QEMU's process on this host. Empty while the VM is off. */
    public Optional<Long> qemuPid() {
        return power().qemuPid();
    }

    /** SIGKILL to QEMU, as a crash of the host's process; returns when libvirt has seen it. */
    public void killQemu() {
        ssh().disconnect();
        power().killQemu();
    }

    /** Powers off hard, through libvirt. */
    public void stop() {
        ssh().disconnect();
        domains.stop(uuid());
    }

    /** The reset button: the guest starts over in the same QEMU process. Returns when it is up. */
    public void reset() {
        ssh().disconnect();
        power().reset();
        awaitUp(RESTART_LIMIT);
    }

    /** Powers on again with the same disks. Returns when the guest is up. */
    public void start() {
        powerOn();
        awaitUp(RESTART_LIMIT);
    }

    void powerOn() {
        final VmState started = power().on();
        folder.update(started);
    }

    void awaitUp(final Duration limit) {
        power().awaitUp(ssh(), limit);
    }

    static SshClient ssh(final LabFolder folder, final VmState vm) {
        return new SshClient(vm.name(), new SshTarget(vm.sshPort(), folder.key(), folder.sshSocket(vm.name())));
    }

    private VmPower power() {
        return new VmPower(domains, new DomainXml(folder, lab.accelerator(), lab.emulator(), folder.publicKey()), folder, state());
    }

    private VmState state() {
        return folder.vm(name);
    }
}
