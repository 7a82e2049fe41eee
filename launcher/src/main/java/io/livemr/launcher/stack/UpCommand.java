package io.livemr.launcher.stack;

import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.Progress;
import io.livemr.launcher.cli.StateOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code livemr up}: the stack in the foreground; state is kept for the next time. */
@Command(name = "up", mixinStandardHelpOptions = true, footer = ExitCode.HELP, sortOptions = false,
    description = "Run composer, HDFS and control panel of this host in the foreground, until Ctrl-C.")
public final class UpCommand implements Callable<Integer> {
    private static final int STEPS = 5;

    @Mixin
    private StateOption state;
    @Mixin
    private OutputOption output;
    @Option(names = "--images", paramLabel = "DIR", split = ",", defaultValue = "/var/lib/libvirt/images,/var/lib/livemr/lab",
        description = "Disk images must lie below this folder; repeatable (default: ${DEFAULT-VALUE}).")
    private List<Path> images;
    @Option(names = "--libvirt", paramLabel = "URI", defaultValue = "qemu:///system",
        description = "Where the virtual machines are (default: ${DEFAULT-VALUE}).")
    private String libvirt;
    @Option(names = "--block-size", paramLabel = "BYTES", defaultValue = "" + StackSpec.DEFAULT_BLOCK_SIZE_BYTES,
        description = "Block size of new HDFS files, in bytes (default: ${DEFAULT-VALUE}).")
    private long blockSizeBytes;

    @Override
    public Integer call() throws InterruptedException {
        final StackSpec spec = StackSpec.in(state.folder()).withImages(images).withLibvirt(libvirt).withBlockSize(blockSizeBytes);
        try (Progress progress = Progress.of("up", STEPS); Stack stack = Stack.start(spec, progress::step)) {
            output.print(stack.describe(), text(stack.describe()));
            new CountDownLatch(1).await();      // Ctrl-C and SIGTERM run the stack's shutdown hook
        }
        return ExitCode.DONE;
    }

    private static String text(final StackDescription stack) {
        return String.join("\n",
            "control panel  " + stack.panelUrl(),
            "composer       " + stack.composerUrl(),
            "HDFS           " + stack.fileSystem() + "  (" + stack.nameNodeUrl() + ")",
            "state          " + stack.run() + "  (logs in " + stack.run() + "/log)",
            "Ctrl-C stops it.");
    }
}
