package io.livemr.launcher.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.lab.Lab;
import io.livemr.launcher.cli.Progress;
import io.livemr.launcher.client.JobRequest;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.stack.HdfsShell;
import io.livemr.launcher.stack.Installation;
import io.livemr.launcher.stack.Stack;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The story, once. The lab and the stack are the caller's, who also takes them down. */
final class Demo {
    static final int STEPS = 20;
    static final long BLOCK_BYTES = 1 << 20;
    private static final String HDFS_PATH = "/demo/app.log";
    /** Two blocks and a half, so that the links span blocks from the start. */
    private static final int HISTORY_LINES = (int) (BLOCK_BYTES * 5 / 2 / DemoGuest.LINE_BYTES);
    /** A block and a half: wherever the log ends, this crosses the end of a block. */
    private static final int MORE_LINES = (int) (BLOCK_BYTES * 3 / 2 / DemoGuest.LINE_BYTES);

    private final Stack stack;
    private final DemoGuest guest;
    private final Progress progress;
    private boolean verified = true;
    private long inputBytes;

    Demo(final Lab lab, final Stack stack, final Progress progress) {
        this.stack = stack;
        this.guest = new DemoGuest(lab.vms().get(0));
        this.progress = progress;
    }

    DemoResult run() throws IOException, InterruptedException {
        progress.step("starting an app in the guest that appends to " + DemoGuest.LOG + " all the time");
        guest.startApp(HISTORY_LINES);
        final long composeMillis = compose();
        final long copiedBytes = BlockFiles.allocatedBytes(stack.layout().data());
        progress.say("the DataNode's blocks of it take " + copiedBytes + " bytes of disk: that many bytes were copied");
        countAndCompare("first");
        final Growth.Seen growth = grow();
        countAndCompare("second");
        return new DemoResult("SUCCEEDED", verified, inputBytes, copiedBytes, composeMillis, growth.medianMillis());
    }

    /** Returns how long it took to make the HDFS file once its owner had said yes. */
    private long compose() {
        progress.step("asking for " + guest.vmName() + ":" + DemoGuest.LOG + " as " + HDFS_PATH);
        final CompletableFuture<HdfsShell.Composed> composing = CompletableFuture.supplyAsync(() -> stack.shell().compose(source(), HDFS_PATH));
        consent(composing);
        final HdfsShell.Composed made = composing.join();
        progress.say(String.format(Locale.ROOT, "%s is %,d bytes in %d HDFS blocks, linked in %d ms",
            HDFS_PATH, made.lengthBytes(), made.blocks(), made.composeMillis()));
        return made.composeMillis();
    }

    /** The owner is asked by mail and answers in the guest. */
    private void consent(final CompletableFuture<?> asked) {
        progress.say("alice, the owner, has mail in the guest: " + guest.awaitMail(asked));
        progress.step("alice answers: livemr-grant " + DemoGuest.LOG + " --yes");
        progress.say(guest.grant());
    }

    private ObjectNode source() {
        return JsonHttp.JSON.createObjectNode().put(guest.vmName(), DemoGuest.LOG);
    }

    private void countAndCompare(final String which) {
        progress.step("submitting the " + which + " WordCount to the control panel");
        final DemoJob job = DemoJob.submit(stack.panel(), stack.webHdfs(), request());
        final CompletableFuture<Void> running = CompletableFuture.runAsync(() -> job.awaitState("RUNNING", "SUCCEEDED"));
        consent(running);
        running.join();
        progress.step("the " + which + " job runs");
        job.awaitState("SUCCEEDED");
        progress.step("the guest counts the same bytes itself");
        compare(job);
    }

    private void compare(final DemoJob job) {
        final long lines = job.inputLines();
        inputBytes = lines * DemoGuest.LINE_BYTES;
        final WordTable result = job.result();
        final Optional<String> difference = result.differenceFrom(guest.countWords(lines));
        verified &= difference.isEmpty();
        progress.say(difference.map(words -> "THE COUNTS DIFFER: " + words).orElseGet(() -> String.format(Locale.ROOT,
            "job and guest agree on %,d words, %,d occurrences, in %,d bytes", result.words(), result.occurrences(), inputBytes)));
    }

    private JobRequest request() {
        return new JobRequest("demo", Installation.find().jar("examples"), "io.livemr.examples.WordCount", List.of(),
            List.of(new JobRequest.Input(guest.vmName(), DemoGuest.LOG)));
    }

    private Growth.Seen grow() {
        guest.pauseApp();
        try {
            progress.step("appending more in the guest, past the end of an HDFS block");
            final Growth.Seen seen = new Growth(guest, stack.webHdfs(), HDFS_PATH).measure(MORE_LINES);
            progress.say(String.format(Locale.ROOT, "%,d new bytes in HDFS, blocks %d -> %d; visible %d ms after the guest's fsync (median of %s)",
                seen.appendedBytes(), seen.blocksBefore(), seen.blocksAfter(), seen.medianMillis(), seen.visibleMillis()));
            verified &= seen.blocksAfter() > seen.blocksBefore();
            return seen;
        } finally {
            guest.resumeApp();
        }
    }
}
