package io.livemr.agent;

import io.livemr.agent.route.MapRoutes;
import io.livemr.failpoint.FailPoints;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the agent in the foreground, as root; ends with SIGTERM and leaves every pin in place. */
@Command(name = "livemr-agent", mixinStandardHelpOptions = true, version = "livemr-agent 0.1.0",
        description = "The guest side of LiveMR: asks owners, pins files, says where their bytes are.")
public final class Main implements Callable<Integer> {

    private static final String DEFAULT = "Default: ${DEFAULT-VALUE}";

    @Option(names = "--port", defaultValue = "/dev/virtio-ports/org.livemr.agent.0",
            description = "virtio-serial port. " + DEFAULT)
    Path port;

    @Option(names = "--socket", defaultValue = "/run/livemr/grant.sock", description = "For livemr-grant. " + DEFAULT)
    Path socket;

    @Option(names = "--policy", defaultValue = "/etc/livemr/policy.json", description = DEFAULT)
    Path policy;

    @Option(names = "--state", defaultValue = "/var/lib/livemr-agent", description = "Folder of state. " + DEFAULT)
    Path state;

    @Option(names = "--maps", defaultValue = MapRoutes.AUTO,
            description = "How maps reach the composer: auto, channel, disk or kernel. " + DEFAULT)
    String maps;

    @Option(names = "--sendmail", defaultValue = "/usr/sbin/sendmail", description = DEFAULT)
    Path sendmail;

    @Option(names = "--flush-age-millis", defaultValue = "5",
            description = "Growth is announced at once, but no sooner than this after the last time. " + DEFAULT)
    long flushAgeMillis;

    @Option(names = "--flush-bytes", defaultValue = "4194304",
            description = "… or earlier, after this much growth. " + DEFAULT)
    long flushBytes;

    @Option(names = "--recheck-seconds", defaultValue = "30",
            description = "Every extent is looked at again this often. " + DEFAULT)
    long recheckSeconds;

    @Option(names = "--consent-timeout-seconds", defaultValue = "86400", description = DEFAULT)
    long consentTimeoutSeconds;

    @Option(names = "--default-ttl-seconds", defaultValue = "604800",
            description = "Length of a grant if the request names none. " + DEFAULT)
    long defaultTtlSeconds;

    @Option(names = "--file-limit", defaultValue = "1000", description = "Most granted files. " + DEFAULT)
    int fileLimit;

    @Option(names = "--request-limit", defaultValue = "64", description = "Most open requests. " + DEFAULT)
    int requestLimit;

    @Option(names = "--queue-lines", defaultValue = "64", description = "Most lines waiting to be sent. " + DEFAULT)
    int queueLines;

    @Option(names = "--allow-virtual-disks", hidden = true,
            description = "Take loop devices for disks. For tests: no host finds such a disk.")
    boolean allowVirtualDisks;

    public static void main(final String[] args) {
        System.setProperty("java.util.logging.SimpleFormatter.format",
                System.getProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %5$s%6$s%n"));
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        FailPoints.armFromEnvironment();
        final CountDownLatch stop = new CountDownLatch(1);
        try (Agent agent = new Agent(this)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown));
            agent.start();
            stop.await();
        }
        return 0;
    }
}
