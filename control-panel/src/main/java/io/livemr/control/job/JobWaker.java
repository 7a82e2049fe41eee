package io.livemr.control.job;

import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Lets phases ask that a job be looked at again, without knowing the runner that calls them. */
@Component
class JobWaker {

    private volatile Consumer<String> runner = id -> { };

    void attach(final Consumer<String> wake) {
        runner = wake;
    }

    void wake(final String jobId) {
        runner.accept(jobId);
    }
}
