package io.livemr.control.job;

import io.livemr.control.support.Panel;
import io.livemr.control.support.PostgresServer;
import io.livemr.control.support.RunningPanel;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdempotencyPostgresIT extends Resubmissions {

    @RegisterExtension
    private static final RunningPanel RUNNING = new RunningPanel(() -> PostgresServer.shared().panelOptions());

    @Override
    Panel panel() {
        return RUNNING.panel();
    }
}
