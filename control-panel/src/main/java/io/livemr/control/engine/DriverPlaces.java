package io.livemr.control.engine;

import io.livemr.control.driver.DriverClient;
import io.livemr.control.driver.DriverFolder;
import io.livemr.control.settings.PanelSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Where drivers run: as the panel's child in its step's folder, or, with {@code livemr.engine.driver-socket}, in a service that has a user
 * of its own (docs/decisions/0009).
 */
@Component
public class DriverPlaces {

    private final Path socket;

    public DriverPlaces(final PanelSettings settings) {
        this.socket = settings.engine().driverSocket();
    }

    /** Working folder of a job's driver, as the driver sees it. */
    public Path work(final Path step) {
        return socket == null ? step.resolve("work") : DriverFolder.work();
    }

    DriverPlace of(final Path step, final DriverCommand job) {
        return socket == null
            ? new DriverPlace(job.jar(), job.confFolder(), work(step), List.of(), Map.of())
            : new DriverPlace(DriverFolder.jar(), DriverFolder.conf(), work(step), client(job), asThePanelInHdfs());
    }

    private List<String> client(final DriverCommand job) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-cp", PanelCode.location().toString(), DriverClient.class.getName(),
            socket.toString(), job.jar().toString(), job.confFolder().resolve("mapred-site.xml").toString());
    }

    /** The job's folder in HDFS is the panel's. A Hadoop that checks who somebody is does not look at this. */
    private static Map<String, String> asThePanelInHdfs() {
        return Map.of("HADOOP_USER_NAME", System.getProperty("user.name"));
    }
}
