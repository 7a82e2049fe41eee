package io.livemr.bench.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.bench.measure.Pairs;
import io.livemr.bench.report.Figure;
import io.livemr.extent.qcow2.DiskImage;
import io.livemr.extent.qcow2.DiskImages;
import io.livemr.extent.qcow2.ImageSpec;
import io.livemr.lab.Lab;
import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import io.livemr.launcher.client.ComposerClient;
import io.livemr.launcher.process.Poll;
import io.livemr.launcher.stack.Stack;
import io.livemr.launcher.stack.StackSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A file of a real VM, on a qcow2 disk, composed by a real composer after its owner's yes. */
final class VmSetting {

    private static final String FILE = "/data/bench";
    private static final String OWNER = "alice";
    private static final Duration COMPOSE_LIMIT = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<String> progress;

    VmSetting(final Consumer<String> progress) {
        this.progress = progress;
    }

    List<Figure> measure(final Path folder, final long lengthBytes, final Pairs pairs) throws Exception {
        try (Lab lab = Lab.up(LabSpec.of(1).name("bench").state(folder.resolve("lab")), progress::accept)) {
            lab.downAtExit();
            final StackSpec spec = StackSpec.in(folder.resolve("stack")).withImages(List.of(lab.stateFolder())).withoutPanel();
            try (Stack stack = Stack.start(spec, progress)) {
                return measure(lab.vm("vm1"), stack.composer(), lengthBytes, pairs);
            }
        }
    }

    private List<Figure> measure(final LabVm vm, final ComposerClient composer, final long lengthBytes, final Pairs pairs) throws Exception {
        progress.accept("the guest writes " + lengthBytes + " bytes");
        vm.execAs(OWNER, "head -c " + lengthBytes + " /dev/urandom > " + FILE + " && sync").orThrow();
        final JsonNode file = compose(vm, composer);
        try (DiskImage image = DiskImages.open(ImageSpec.qcow2(vm.dataImage()))) {
            final List<Range> ranges = VmRanges.of(composer.segments(file.get("name").asText()), image);
            progress.accept("reading " + ranges.size() + " ranges of the image");
            return List.of(ReadComparison.measure(Path.of(file.get("path").asText()), ranges, pairs));
        }
    }

    /** Asks, answers as the owner, and waits until the file is there. */
    private JsonNode compose(final LabVm vm, final ComposerClient composer) {
        progress.accept("composing, and answering as the owner");
        final var source = new ComposerClient.Source(vm.domain(), FILE);
        final String name = composer.compose("bench", List.of(source)).get("name").asText();
        final boolean live = Poll.until(COMPOSE_LIMIT, POLL, () -> {
            final String state = composer.file(name).get("state").asText();
            if (state.equals("AWAITING_CONSENT")) {
                vm.execAs(OWNER, "livemr-grant", FILE, "--yes");
            }
            return state.equals("LIVE");
        });
        if (!live) {
            throw new IllegalStateException("not composed within " + COMPOSE_LIMIT.toSeconds() + " s: " + composer.file(name));
        }
        return composer.file(name);
    }
}
