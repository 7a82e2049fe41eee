package io.livemr.yarn;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code Applications watch TAG FILE} keeps in FILE how all applications with the tag stand, until it is killed. {@code Applications end
 * TAG FILE} ends them, writes how they ended and exits: 0, or 1 when YARN gives no answer, and then it can be called again. 2 is wrong use.
 */
public final class Applications {

    private static final Logger LOG = LoggerFactory.getLogger(Applications.class);
    private static final long POLL_MILLIS = 1_000;
    private static final long KILL_POLL_MILLIS = 200;

    private final TaggedApplications applications;
    private final ApplicationsFile file;

    private Applications(final TaggedApplications applications, final ApplicationsFile file) {
        this.applications = applications;
        this.file = file;
    }

    public static void main(final String[] args) throws InterruptedException {
        if (args.length != 3 || !args[0].matches("watch|end")) {
            System.err.println("use: Applications watch|end TAG FILE");
            System.exit(2);
        }
        try (TaggedApplications tagged = new TaggedApplications(args[1], new YarnConfiguration())) {
            final Applications program = new Applications(tagged, new ApplicationsFile(Path.of(args[2])));
            if (args[0].equals("watch")) {
                program.watch();
            } else {
                program.end();
            }
        } catch (final IOException | YarnException e) {
            LOG.error("tag={} YARN gives no answer", args[1], e);
            System.exit(1);
        }
    }

    private void watch() throws InterruptedException {
        while (true) {
            try {
                file.write(applications.look());
            } catch (final IOException | YarnException e) {
                LOG.warn("YARN gives no answer; it is asked again: {}", e.getMessage());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private void end() throws IOException, YarnException, InterruptedException {
        while (!applications.haveEnded()) {
            Thread.sleep(KILL_POLL_MILLIS);
        }
        file.write(applications.look());
    }
}
