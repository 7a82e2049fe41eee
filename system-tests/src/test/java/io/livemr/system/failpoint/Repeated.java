package io.livemr.system.failpoint;

import static org.awaitility.Awaitility.await;

import io.livemr.lab.LabVm;
import io.livemr.lab.ssh.ExecResult;
import java.time.Duration;

/** Commands of a guest that may be run twice: on a busy machine ssh now and then gives 255 for one that it did not run. */
final class Repeated {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Repeated() {
    }

    /** What it prints when it succeeds. */
    static String exec(final LabVm vm, final String command) {
        return await(command).atMost(LIMIT).ignoreExceptions().until(() -> vm.exec(command), ExecResult::succeeded).stdout();
    }
}
