package io.livemr.launcher.demo;

import io.livemr.lab.LabVm;
import io.livemr.lab.ssh.GuestCommand;
import io.livemr.launcher.process.Poll;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The guest's side of the demo: an app that appends to a log, and the log's owner, alice.
 *
 * <p>Every line is 64 bytes, and each is appended with one write. A page of the guest's cache holds a whole number of
 * lines, so at no moment does the file end inside a line: what a job reads is the first N lines, and the guest can count
 * the same bytes by taking the first N lines itself.
 */
final class DemoGuest {
    static final String LOG = "/data/app.log";
    static final int LINE_BYTES = 64;
    private static final String OWNER = "alice";
    private static final String APP_PID = "/data/app.pid";
    private static final Duration MAIL_LIMIT = Duration.ofSeconds(300);

    /** Not `while read`: the shell's own printf writes each line at once, without a new process. */
    private static final String APP = """
        echo $$ > %2$s
        i=0
        while :; do
          n=0
          while [ $n -lt 20 ]; do
            i=$((i + 1)); n=$((n + 1))
            printf '%%-63s\\n' "request $i user$((i %% 97)) GET /page/$((i %% 389)) took $((i * 7 %% 211)) ms" >> %1$s
          done
          [ $((i %% 400)) -ne 0 ] || sync %1$s
          usleep 100000
        done
        """.formatted(LOG, APP_PID);

    /** awk writes 4 KiB at a time, which is 64 lines. */
    private static final String FILL = """
        awk 'BEGIN { for (i = 0; i < %d; i++) printf "%%-63s\\n", "%s " i %% 997 " user" i %% 97 " GET /page/" i %% 389 }' >> %s
        """;

    private static final String COUNT = "head -n %d " + LOG + " | LC_ALL=C tr -s ' \\t\\r\\f' '\\n' | LC_ALL=C grep -av '^$'"
        + " | LC_ALL=C sort | uniq -c";

    private final LabVm vm;
    private int mailsRead;

    DemoGuest(final LabVm vm) {
        this.vm = vm;
    }

    String vmName() {
        return vm.domain();
    }

    /** Begins the log with some history, and starts the app that goes on with it. */
    void startApp(final int historyLines) {
        as(FILL.formatted(historyLines, "history", LOG) + "sync " + LOG);
        vm.run(GuestCommand.of("cat > /home/" + OWNER + "/app.sh").as(OWNER).stdin(APP)).orThrow();
        as("setsid sh /home/" + OWNER + "/app.sh < /dev/null > /dev/null 2>&1 &");
    }

    void pauseApp() {
        as("kill -STOP $(cat " + APP_PID + ")");
    }

    void resumeApp() {
        as("kill -CONT $(cat " + APP_PID + ")");
    }

    /**
     * The subject of the next mail by which the owner is asked, once it has come.
     *
     * @param asked ends with an error when the question cannot reach the owner any more.
     */
    String awaitMail(final CompletableFuture<?> asked) {
        final boolean came = Poll.until(MAIL_LIMIT, Duration.ofMillis(300),
            () -> asked.isCompletedExceptionally() || subjects().size() > mailsRead);
        if (asked.isCompletedExceptionally()) {
            asked.join();
        }
        if (!came) {
            throw new IllegalStateException("no mail came to " + OWNER + " in the guest within " + MAIL_LIMIT.toSeconds() + " s");
        }
        return subjects().get(mailsRead++);
    }

    private List<String> subjects() {
        return vm.exec("grep -i '^Subject: ' /var/mail/" + OWNER + " 2> /dev/null").stdout().lines()
            .map(line -> line.substring("Subject: ".length())).toList();
    }

    /** The owner says yes, as a person would. */
    String grant() {
        return vm.execAs(OWNER, "livemr-grant", LOG, "--yes").orThrow();
    }

    /** The oracle: how often each word occurs in the first lines of the log, counted in the guest. */
    WordTable countWords(final long lines) {
        return WordTable.ofUniq(vm.exec(COUNT.formatted(lines)).stdoutBytes());
    }

    /** Appends and syncs; returns the log's length after that. */
    long append(final int lines) {
        return Long.parseLong(as(FILL.formatted(lines, "more", LOG) + "sync " + LOG + " && stat -c %s " + LOG));
    }

    /** Appends one line and syncs, several times; the log's length goes to {@code lengths}, a line each, right after its sync. */
    void appendMarked(final int times, final OutputStream lengths) {
        vm.run(GuestCommand.of("for i in $(seq " + times + "); do printf '%-63s\\n' \"marked $i\" >> " + LOG + "; sync " + LOG
            + "; stat -c %s " + LOG + "; usleep 400000; done").as(OWNER).stdoutTo(lengths)).orThrow();
    }

    private String as(final String script) {
        return vm.execAs(OWNER, script).orThrow();
    }
}
