package io.livemr.launcher.demo;

import io.livemr.lab.Lab;
import io.livemr.lab.LabMode;
import io.livemr.lab.LabSpec;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.OutputOption;
import io.livemr.launcher.cli.Progress;
import io.livemr.launcher.stack.Stack;
import io.livemr.launcher.stack.StackSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code livemr demo}: brings up a lab and a stack of its own, tells the story, and takes both down whatever happens. */
@Command(name = "demo", mixinStandardHelpOptions = true,
    footer = "Exit: 0 only if both jobs' results equal the guest's own counts, else 1. With --output json the last line is the result.",
    description = "A real VM appends to a log; its owner consents; WordCount runs on the log where it is; the result is checked.")
public final class DemoCommand implements Callable<Integer> {
    @Mixin
    private OutputOption output;
    @Option(names = "--mode", paramLabel = "MODE", defaultValue = "stock",
        description = "stock, hypervisor (patched QEMU) or patched (and patched kernel); default stock.")
    private LabMode mode;
    @Option(names = "--keep", description = "Keep the stack's folder with its logs.")
    private boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Path folder = Files.createTempDirectory("livemr-demo-");
        final Thread clean = new Thread(() -> clean(folder), "clean");
        try (Progress progress = Progress.of("demo", Demo.STEPS)) {
            final DemoResult result = run(folder, progress);
            output.print(result, text(result));
            return result.verified() ? ExitCode.DONE : ExitCode.FAILED;
        } catch (final RuntimeException e) {
            keep |= Files.exists(folder.resolve("stack/log"));
            throw keep ? new IllegalStateException(e.getMessage() + "\nlogs are kept in " + folder + "/stack/log", e) : e;
        } finally {
            clean.run();
        }
    }

    private DemoResult run(final Path folder, final Progress progress) throws IOException, InterruptedException {
        final LabSpec lab = LabSpec.of(1).mode(mode).name("demo").state(folder.resolve("lab"));
        try (Lab up = Lab.up(lab, progress::step)) {
            up.downAtExit();
            final StackSpec spec = StackSpec.in(folder.resolve("stack"))
                .withImages(List.of(up.stateFolder())).withBlockSize(Demo.BLOCK_BYTES);
            try (Stack stack = Stack.start(spec, progress::step)) {
                return new Demo(up, stack, progress).run();
            } finally {
                progress.step("taking all down");
            }
        }
    }

    private static String text(final DemoResult result) {
        return String.format("job %s, %s: %,d bytes read, %d copied, composed in %d ms, growth visible after %d ms", result.job(),
            result.verified() ? "verified" : "NOT VERIFIED", result.inputBytes(), result.bytesCopied(), result.composeMillis(),
            result.growthVisibleMillis());
    }

    private void clean(final Path folder) {
        if (keep) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (final IOException e) {
            System.err.println("livemr: " + folder + " stays: " + e.getMessage());
        }
    }
}
