package io.livemr.composer;

import io.livemr.composer.fuse.FuseSettings;
import io.livemr.composer.image.GuardSettings;
import io.livemr.composer.rest.ListenSettings;
import io.livemr.composer.session.SessionSettings;
import io.livemr.failpoint.FailPoints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The composer's command line. Exit: 143 stopped by SIGTERM, 1 could not start, 2 wrong use. */
@Command(name = "host-composer", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Serves files of this host's virtual machines as livemr_ files.")
public final class Main implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    @Option(names = "--state", required = true, paramLabel = "DIR", description = "Folder of the composer's state; made if missing.")
    private Path state;

    @Option(names = "--mount", paramLabel = "DIR", description = "Where composed files appear.")
    private Path mount;

    @Option(names = "--fsmap", paramLabel = "DIR",
            description = "Where this host's kernel, if it has fsmapcreate, shows those that lie on raw disks: a folder on ext4.")
    private Path fsmap;

    @Option(names = "--listen", defaultValue = "127.0.0.1:7480", paramLabel = "HOST:PORT",
            description = "Where REST is served, port 0 for any (${DEFAULT-VALUE}).")
    private String listen;

    @Option(names = "--certificate", paramLabel = "FILE", description = "Serve HTTPS with this certificate, its chain in PEM.")
    private Path certificate;

    @Option(names = "--private-key", paramLabel = "FILE", description = "Its key in PEM, not encrypted.")
    private Path privateKey;

    @Option(names = "--plain-http", description = "Serve HTTP beyond loopback; whoever hears the network learns the token.")
    private boolean plainHttp;

    @Option(names = "--libvirt", defaultValue = "qemu:///system", paramLabel = "URI", description = "libvirt to follow (${DEFAULT-VALUE}).")
    private String libvirt;

    @Option(names = "--images", defaultValue = "/var/lib/libvirt/images", paramLabel = "DIR",
            description = "Image, backing and data files must lie below this folder; may be repeated (${DEFAULT-VALUE}).")
    private List<Path> images;

    @Option(names = "--lease-millis", defaultValue = "10000", paramLabel = "N",
            description = "How long files are served after their agent was last heard (${DEFAULT-VALUE}).")
    private long leaseMillis;

    @Option(names = "--read-wait-millis", defaultValue = "5000", paramLabel = "N",
            description = "How long a read waits for a stale file (${DEFAULT-VALUE}).")
    private long readWaitMillis;

    @Option(names = "--rescan-millis", defaultValue = "2000", paramLabel = "N",
            description = "How often domains are looked at without an event (${DEFAULT-VALUE}).")
    private long rescanMillis;

    @Option(names = "--libvirt-absence-millis", defaultValue = "30000", paramLabel = "N",
            description = "How long files are served while libvirt is not heard (${DEFAULT-VALUE}).")
    private long libvirtAbsenceMillis;

    @Option(names = "--files", defaultValue = "100000", paramLabel = "N", description = "Most composed files (${DEFAULT-VALUE}).")
    private int fileLimit;

    @Option(names = "--reader-gid", paramLabel = "GID", description = "Group whose members may read composed files, besides root.")
    private Integer readerGid;

    public static void main(final String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        final Composer composer;
        try {
            FailPoints.armFromEnvironment();
            composer = Composer.start(settings());
        } catch (final IOException | IllegalArgumentException e) {
            System.err.println("host-composer: cannot start: " + e.getMessage());
            return 1;
        }
        final CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            LOG.info("stopping");
            composer.close();
            stop.countDown();
        }, "stop"));
        stop.await();
        return 0;
    }

    private ComposerSettings settings() {
        return new ComposerSettings(
                state.toAbsolutePath(), absolute(mount), absolute(fsmap),
                ListenSettings.of(listen, absolute(certificate), absolute(privateKey), plainHttp), libvirt, images.stream().map(Path::toAbsolutePath).toList(),
                Duration.ofMillis(positive("--rescan-millis", rescanMillis)), libvirtAbsenceMillis, fileLimit,
                SessionSettings.defaults().withLease(positive("--lease-millis", leaseMillis)),
                new GuardSettings(readWaitMillis, GuardSettings.defaults().retries()),
                readerGid == null ? FuseSettings.defaults() : FuseSettings.defaults().withReaders(readerGid));
    }

    private static Path absolute(final Path path) {
        return path == null ? null : path.toAbsolutePath();
    }

    private static long positive(final String option, final long value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " must be at least 1, not " + value);
        }
        return value;
    }
}
