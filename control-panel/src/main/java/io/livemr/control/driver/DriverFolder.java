package io.livemr.control.driver;

import java.nio.file.Path;

/** Where a driver of its own user finds its things. The path is the same for all of them: each has a {@code /var/tmp} of its own. */
public final class DriverFolder {

    private static final Path ROOT = Path.of("/var/tmp/livemr-driver");

    private DriverFolder() { }

    public static Path jar() {
        return ROOT.resolve("job.jar");
    }

    /** Folder of the job's configuration. */
    public static Path conf() {
        return ROOT.resolve("conf");
    }

    /** Working and temporary folder. */
    public static Path work() {
        return ROOT.resolve("work");
    }

    static Path site() {
        return conf().resolve("mapred-site.xml");
    }
}
