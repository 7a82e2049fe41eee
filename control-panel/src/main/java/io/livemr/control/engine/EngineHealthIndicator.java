package io.livemr.control.engine;

import io.livemr.control.settings.HadoopSettings;
import io.livemr.control.settings.PanelSettings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Down when what a driver needs is not there: java, the socket of its service, the configuration folder, an entry of the classpath, a NameNode and a ResourceManager. */
@Component("engineHealthIndicator")
public class EngineHealthIndicator extends AbstractHealthIndicator {

    private final HadoopSettings hadoop;
    private final Path driverSocket;
    private final RunSlots slots;
    private final StepProcesses processes;
    private final MapReduceFramework framework;
    private final HadoopServers servers;

    public EngineHealthIndicator(final PanelSettings settings, final RunSlots slots, final StepProcesses processes,
                                 final MapReduceFramework framework, final HadoopServers servers) {
        this.hadoop = settings.hadoop();
        this.driverSocket = settings.engine().driverSocket();
        this.slots = slots;
        this.processes = processes;
        this.framework = framework;
        this.servers = servers;
    }

    @Override
    protected void doHealthCheck(final Health.Builder health) {
        health.up().withDetail("framework", framework.name()).withDetail("slotsUsed", slots.used()).withDetail("slotsLimit", slots.limit());
        final List<String> missing = Arrays.stream((processes.java() + File.pathSeparator + hadoop.confDir() + File.pathSeparator
            + hadoop.classpath() + (driverSocket == null ? "" : File.pathSeparator + driverSocket)).split(File.pathSeparator, -1)).filter(EngineHealthIndicator::isMissing).toList();
        if (!missing.isEmpty()) {
            health.down().withDetail("missing", missing).withDetail("settings", "livemr.engine.java, livemr.engine.driver-socket, livemr.hadoop.conf-dir, livemr.hadoop.classpath");
        }
        final List<String> silent = servers.silent();
        if (!silent.isEmpty()) {
            health.down().withDetail("silent", silent);
        }
    }

    private static boolean isMissing(final String entry) {
        return entry.isEmpty() || !Files.exists(Path.of(entry.endsWith("*") ? entry.substring(0, entry.length() - 1) : entry));
    }
}
