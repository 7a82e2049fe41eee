package io.livemr.bench.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.lab.Lab;
import io.livemr.lab.LabMode;
import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import io.livemr.lab.ssh.GuestCommand;
import io.livemr.launcher.client.ComposerClient.Source;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.process.Poll;
import io.livemr.launcher.stack.HdfsShell;
import io.livemr.launcher.stack.Stack;
import io.livemr.launcher.stack.StackSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** VMs, of which the first is asked for files, and the processes of one host. {@link #REQUESTER} asks, {@link #OWNER} owns the files and says yes at once. */
public final class Site {

    public static final String OWNER = "alice";
    public static final String REQUESTER = "bench";
    /** Who asks for the panel's jobs. */
    private static final String PANEL = "livemr";
    private static final String OTHER = "/data/other";
    private static final Duration COMPOSE_LIMIT = Duration.ofMinutes(10);
    private static final Duration FILL_LIMIT = Duration.ofMinutes(20);
    private static final int SEED_BYTES = 8 << 20;
    private static final Duration POLL = Duration.ofMillis(250);

    private final Lab lab;
    private final LabVm vm;
    private final Stack stack;

    private Site(final Lab lab, final Stack stack) {
        this.lab = lab;
        this.vm = lab.vm("vm1");
        this.stack = stack;
    }

    public static Site up(final Bed bed, final UnaryOperator<StackSpec> options) {
        return up(bed, LabMode.STOCK, options);
    }

    public static Site up(final Bed bed, final LabMode mode, final UnaryOperator<StackSpec> options) {
        return up(bed, LabSpec.of(1).mode(mode), options);
    }

    /** With more VMs beside the one that is asked for files. */
    public static Site up(final Bed bed, final LabSpec vms, final UnaryOperator<StackSpec> options) {
        final Lab lab = lab(bed, vms);
        final StackSpec spec = StackSpec.in(bed.folder().resolve("stack")).withImages(List.of(lab.stateFolder()));
        final Stack stack = Stack.start(options.apply(spec), bed.progress());
        bed.teardown().add(stack::close);
        return new Site(lab, stack);
    }

    /** A lab that was being booted is found again by its folder. */
    private static Lab lab(final Bed bed, final LabSpec vms) {
        final Path folder = bed.folder().resolve("lab");
        bed.teardown().add(() -> {
            if (Lab.isUp(folder)) {
                Lab.open(folder).down();
            }
        });
        // Two benchmarks at once share libvirt, and its names.
        return Lab.up(vms.name("bench" + ProcessHandle.current().pid()).state(folder), bed.progress()::accept);
    }

    public LabVm vm() {
        return vm;
    }

    /** @param name as {@code vm2}. */
    public LabVm vm(final String name) {
        return lab.vm(name);
    }

    public Stack stack() {
        return stack;
    }

    /**
     * Makes a file in the guest and syncs it: random bytes over and over, for a guest without KVM makes few of them a second, each time after a
     * line with the count, so that no two blocks of the file are the same.
     */
    public void fill(final String path, final long lengthBytes) {
        vm.run(GuestCommand.of("head -c " + SEED_BYTES + " /dev/urandom > /tmp/seed; i=0; while :; do i=$((i + 1)); echo part $i; cat /tmp/seed; done"
            + " | head -c " + lengthBytes + " > " + path + "; rm /tmp/seed; sync; test $(stat -c %s " + path + ") = " + lengthBytes)
            .as(OWNER).limit(FILL_LIMIT)).orThrow();
    }

    /** Asks for the files in order, answers as their owner, waits until they are one file and tells the composer's description of it. */
    public JsonNode compose(final String requester, final String... paths) {
        final List<Source> sources = List.of(paths).stream().map(path -> new Source(vm.domain(), path)).toList();
        final String name = stack.composer().compose(requester, sources).get("name").asText();
        final boolean live = Poll.until(COMPOSE_LIMIT, POLL, () -> answered(name));
        if (!live) {
            throw new IllegalStateException("not composed within " + COMPOSE_LIMIT.toSeconds() + " s: " + stack.composer().file(name));
        }
        return stack.composer().file(name);
    }

    /** The panel lets go of its files after each job; another one that holds this one too keeps the owner's yes. How long an owner thinks is no figure. */
    public void grantToPanel(final String path) {
        vm.execAs(OWNER, "echo other > " + OTHER + " && sync").orThrow();
        compose(PANEL, OTHER, path);
    }

    /** Makes a file of HDFS over a file that its owner has granted already. */
    public HdfsShell.Composed link(final String path, final String hdfsPath) throws IOException {
        final String sources = JsonHttp.JSON.createObjectNode().put(vm.domain(), path).toString();
        return JsonHttp.JSON.readValue(hdfs("-composeFromLocal", "-requester", REQUESTER, "-json", sources, hdfsPath), HdfsShell.Composed.class);
    }

    /** Hadoop's shell, and what it printed. */
    public String hdfs(final String... words) throws IOException {
        final HdfsShell.Result result = stack.shell().run(words);
        if (result.exitCode() != 0) {
            throw new IOException("hdfs " + String.join(" ", words) + ": " + (result.errors() + result.output()).strip());
        }
        return result.output();
    }

    private boolean answered(final String name) {
        final JsonNode file = stack.composer().file(name);
        final String state = file.get("state").asText();
        if (List.of("DENIED", "FAILED", "REVOKED").contains(state)) {
            throw new IllegalStateException("cannot be composed: " + file);
        }
        for (final JsonNode source : file.path("sources")) {
            if (source.path("state").asText().equals("AWAITING_CONSENT")) {
                vm.execAs(OWNER, "livemr-grant", source.path("path").asText(), "--yes");
            }
        }
        return state.equals("LIVE");
    }
}
