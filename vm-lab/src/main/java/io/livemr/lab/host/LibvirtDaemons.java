package io.livemr.lab.host;

import io.livemr.lab.LabException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Sees to it that libvirtd runs while a lab needs it. A daemon that runs already is used as it is; else virtlogd and libvirtd are
 * started here, and the last lab to leave stops them again.
 *
 * <p>Labs are processes that do not know each other, so the count of users lies in a folder: one lease file per lab, holding the
 * lab's state folder, and one file per daemon that we started, holding its pid. Every change happens under {@link HostLock}.
 */
public final class LibvirtDaemons {
    private static final Path SOCKET = Path.of("/run/libvirt/libvirt-sock");
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Path folder;
    private final KvmDevice kvm;

    public LibvirtDaemons() {
        this(Path.of("/run/livemr/libvirt"));
    }

    LibvirtDaemons(final Path folder) {
        this.folder = folder;
        this.kvm = new KvmDevice(Path.of("/dev/kvm"), folder.resolve("kvm.before"));
    }

    /** Makes libvirtd reachable and keeps it so until {@link #release}. Taking a lease twice is taking it once. */
    public void acquire(final String lease, final Path stateFolder) {
        HostLock.during(folder.resolve("lock"), () -> {
            writeString(leaseFile(lease), stateFolder.toString());
            if (!isReachable()) {
                start();
            }
        });
    }

    /**
     * Gives the lease back and stops what we started, if this was the last lease.
     *
     * @param inUse whether libvirtd has domains that are running; then it stays, and a later lab's release stops it.
     */
    public void release(final String lease, final BooleanSupplier inUse) {
        HostLock.during(folder.resolve("lock"), () -> {
            delete(leaseFile(lease));
            if (!hasLeases() && !inUse.getAsBoolean()) {
                stop("libvirtd");
                stop("virtlogd");
                kvm.restore();
            }
        });
    }

    public static boolean isReachable() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(SOCKET));
        } catch (final IOException e) {
            return false;
        }
    }

    private void start() {
        if (Files.isDirectory(Path.of("/run/systemd/system"))) {
            throw new LabException("libvirt is not reachable at " + SOCKET + "; run: systemctl start libvirtd");
        }
        kvm.openToGroup();
        startOne("virtlogd");
        startOne("libvirtd");
        if (!isReachable()) {
            throw new LabException("libvirtd was started but does not answer at " + SOCKET + "; see what it says: libvirtd --verbose");
        }
    }

    private void startOne(final String daemon) {
        if (runningPid(daemon).isPresent()) {
            return;
        }
        // Comes back when the daemon listens.
        HostCommand.of(daemon, "-d").run();
        final long pid = runningPid(daemon).orElseThrow(() -> new LabException(daemon + " started but left no /run/" + daemon + ".pid"));
        writeString(folder.resolve(daemon + ".pid"), Long.toString(pid));
    }

    private static Optional<Long> runningPid(final String daemon) {
        return readPid(Path.of("/run", daemon + ".pid")).filter(pid -> isProcess(pid, daemon));
    }

    private static Optional<Long> readPid(final Path file) {
        try {
            return Optional.of(Long.parseLong(Files.readString(file).strip()));
        } catch (final IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A pid may be somebody else's by now; the name must fit too. */
    private static boolean isProcess(final long pid, final String name) {
        return ProcessHandle.of(pid).flatMap(handle -> handle.info().command())
                .filter(command -> command.endsWith("/" + name)).isPresent();
    }

    private void stop(final String daemon) {
        final Path file = folder.resolve(daemon + ".pid");
        readPid(file).filter(pid -> isProcess(pid, daemon)).flatMap(ProcessHandle::of).ifPresent(handle -> stop(handle, daemon));
        delete(file);
    }

    private static void stop(final ProcessHandle handle, final String daemon) {
        handle.destroy();
        try {
            handle.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (final TimeoutException | ExecutionException e) {
            throw new LabException(daemon + " with pid=" + handle.pid() + " did not stop within " + STOP_LIMIT.toSeconds() + " s", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A lease whose state folder is gone belongs to a lab that nobody can take down any more; it does not count. */
    private boolean hasLeases() {
        final List<Path> leases = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".lease")).forEach(leases::add);
            for (final Path lease : leases) {
                if (Files.isDirectory(Path.of(Files.readString(lease)))) {
                    return true;
                }
                delete(lease);
            }
            return false;
        } catch (final IOException e) {
            throw new LabException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private Path leaseFile(final String lease) {
        return folder.resolve(lease + ".lease");
    }

    private static void writeString(final Path file, final String text) {
        try {
            Files.writeString(file, text);
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(file, e);
        }
    }

    private static void delete(final Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(file, e);
        }
    }
}
