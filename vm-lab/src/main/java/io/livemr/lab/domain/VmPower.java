package io.livemr.lab.domain;

import io.livemr.lab.LabException;
import io.livemr.lab.host.FreePort;
import io.livemr.lab.ssh.ExecResult;
import io.livemr.lab.ssh.GuestCommand;
import io.livemr.lab.ssh.SshClient;
import io.livemr.lab.state.LabFolder;
import io.livemr.lab.state.VmState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Powers one VM on and off and says when its guest is up. The console file is emptied at each power on, so what it holds is of this boot. */
public final class VmPower {
    private static final String BOOTED = "livemr-booted";
    private static final int PORT_TRIES = 5;
    private static final Duration KILL_LIMIT = Duration.ofSeconds(20);
    private static final Duration RESET_LIMIT = Duration.ofSeconds(300);
    private static final long POLL_MILLIS = 100;
    private static final int CONSOLE_TAIL_CHARS = 3_000;

    private final Domains domains;
    private final DomainXml xml;
    private final LabFolder folder;
    private final VmState vm;

    public VmPower(final Domains domains, final DomainXml xml, final LabFolder folder, final VmState vm) {
        this.domains = domains;
        this.xml = xml;
        this.folder = folder;
        this.vm = vm;
    }

    /** @return the VM as it was started: its ssh port may be another, if somebody took the one that it had. */
    public VmState on() {
        VmState candidate = vm;
        for (int i = 1; ; i++) {
            try {
                start(candidate);
                return candidate;
            } catch (final LabException e) {
                if (i == PORT_TRIES || !e.getMessage().contains("host forwarding")) {
                    throw e;
                }
                candidate = candidate.withSshPort(FreePort.find());
            }
        }
    }

    private void start(final VmState candidate) {
        emptyConsole();
        domains.define(candidate.domain(), candidate.uuid(), xml.of(candidate));
        domains.start(candidate.uuid());
    }

    public void reset() {
        final long already = bootsSeen();
        domains.reset(vm.uuid());
        waitFor(RESET_LIMIT, () -> bootsSeen() > already, "did not boot after its reset");
    }

    /** Waits for the guest's boot script to end and the ssh server to let us in; then {@code /data} must be mounted. */
    public void awaitUp(final SshClient ssh, final Duration limit) {
        final Instant end = Instant.now().plus(limit);
        waitFor(limit, () -> bootsSeen() > 0, "did not boot within " + limit.toSeconds() + " s");
        waitFor(Duration.between(Instant.now(), end), ssh::connect, "booted, but lets nobody in by ssh");
        final ExecResult failure = ssh.run(GuestCommand.of("cat /run/livemr/data-error"));
        if (failure.succeeded()) {
            throw new LabException(vm.name() + " has no /data: " + failure.stdout().strip());
        }
    }

    public Optional<Long> qemuPid() {
        try {
            return Optional.of(Long.parseLong(Files.readString(Path.of("/run/libvirt/qemu", vm.domain() + ".pid")).strip()))
                    .filter(pid -> domains.isRunning(vm.uuid()));
        } catch (final IOException e) {
            return Optional.empty();
        }
    }

    public void killQemu() {
        qemuPid().flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
        waitUntil(KILL_LIMIT, () -> !domains.isRunning(vm.uuid()), vm.name() + " still runs after SIGKILL to its QEMU");
    }

    /** A VM that went off will not come up; that is said at once. */
    private void waitFor(final Duration limit, final BooleanSupplier condition, final String otherwise) {
        waitUntil(limit, () -> condition.getAsBoolean() || !domains.isRunning(vm.uuid()), failure(otherwise));
        if (!condition.getAsBoolean()) {
            throw new LabException(failure("switched off while starting").get());
        }
    }

    private Supplier<String> failure(final String what) {
        return () -> vm.name() + " " + what + ". Its console (" + folder.console(vm.name()) + ") ends with:\n" + tail(console());
    }

    private static void waitUntil(final Duration limit, final BooleanSupplier condition, final String otherwise) {
        waitUntil(limit, condition, () -> otherwise);
    }

    private static void waitUntil(final Duration limit, final BooleanSupplier condition, final Supplier<String> otherwise) {
        final Instant end = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new LabException(otherwise.get());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting for a VM", e);
        }
    }

    private long bootsSeen() {
        return console().lines().filter(line -> line.contains(BOOTED)).count();
    }

    private String console() {
        try {
            return Files.exists(folder.console(vm.name())) ? Files.readString(folder.console(vm.name()), StandardCharsets.ISO_8859_1) : "";
        } catch (final IOException e) {
            return "";
        }
    }

    private void emptyConsole() {
        try {
            Files.deleteIfExists(folder.console(vm.name()));
        } catch (final IOException e) {
            throw new LabException("cannot remove the old console: " + e.getMessage(), e);
        }
    }

    private static String tail(final String text) {
        return text.length() <= CONSOLE_TAIL_CHARS ? text : "…" + text.substring(text.length() - CONSOLE_TAIL_CHARS);
    }
}
