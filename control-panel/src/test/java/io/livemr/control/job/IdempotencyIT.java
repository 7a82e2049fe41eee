package io.livemr.control.job;

import io.livemr.control.support.Panel;
import io.livemr.control.support.RunningPanel;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdempotencyIT extends Resubmissions {

    @RegisterExtension
    private static final RunningPanel RUNNING = new RunningPanel();

    @Override
    Panel panel() {
        return RUNNING.panel();
    }
}
