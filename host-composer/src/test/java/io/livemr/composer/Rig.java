package io.livemr.composer;

import io.livemr.composer.file.ComposedFile;
import io.livemr.composer.file.ComposeException;
import io.livemr.composer.file.ComposeRequest;
import io.livemr.composer.file.ComposedFiles;
import io.livemr.composer.file.ComposedFiles.ComposeLimits;
import io.livemr.composer.file.FileState;
import io.livemr.composer.file.FileStore;
import io.livemr.composer.file.ReadRefusedException;
import io.livemr.composer.image.GuardSettings;
import io.livemr.composer.image.GuardedReader;
import io.livemr.composer.metrics.ComposerMetrics;
import io.livemr.composer.session.Hearing;
import io.livemr.composer.session.SessionSettings;
import io.livemr.composer.session.VmLinks;
import io.livemr.composer.vm.MapChannel;
import io.livemr.composer.vm.VmDescription;
import io.livemr.composer.vm.VmDescription.State;
import io.livemr.composer.vm.VmDisk;
import io.livemr.composer.vm.VmDisk.ImageLayer;
import io.livemr.extent.FileId;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A composer without libvirt and mount: the test says what libvirt would, and agents are fakes on real sockets. */
public final class Rig implements AutoCloseable {

    public static final UUID VM = UUID.fromString("00000000-0000-4000-8000-0000000000a1");
    public static final FileId FILE = new FileId(UUID.fromString("11111111-2222-4333-8444-555555555555"), 12, 34);
    public static final String SERIAL = "data";
    /** What QEMU calls the disk. */
    public static final String ALIAS = "scsi0-0-0-0";

    public final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    public final ComposerMetrics metrics = new ComposerMetrics(registry);
    public final Hearing hearing = new Hearing(60_000, System::nanoTime);
    public final ComposedFiles files;
    public final VmLinks vms;
    private final Path folder;
    private MapChannel maps;

    public Rig(final Path folder) throws IOException {
        this(folder, 10_000, 300);
    }

    public Rig(final Path folder, final long leaseMillis, final long readWaitMillis) throws IOException {
        this(folder, readWaitMillis, SessionSettings.defaults().withLease(leaseMillis), new ComposeLimits(100, 16));
    }

    public Rig(final Path folder, final SessionSettings session, final ComposeLimits limits) throws IOException {
        this(folder, 300, session, limits);
    }

    private Rig(final Path folder, final long readWaitMillis, final SessionSettings session, final ComposeLimits limits) throws IOException {
        this.folder = folder;
        files = new ComposedFiles(new FileStore(Files.createDirectories(folder.resolve("state"))),
                new GuardedReader(new GuardSettings(readWaitMillis, 8), metrics), metrics, hearing, limits);
        vms = new VmLinks(session, List.of(folder.toRealPath()), files, metrics, hearing);
        files.load(vms);
    }

    /** The VM's QEMU is a patched one. */
    public Rig withMaps(final Path socket, final Path page) {
        maps = new MapChannel(socket, page);
        return this;
    }

    /** libvirt names one running VM with one disk. */
    public void vmRuns(final Path socket, final Path image, final String format) {
        vmIs(State.RUNNING, socket, image, format, "discovered");
        vms.listening(true);
    }

    public void vmIs(final State state, final Path socket, final Path image, final String format, final String reason) {
        vmIs(state, socket, new VmDisk("sda", SERIAL, null, List.of(new ImageLayer(image, format)), null, "", ALIAS), reason);
    }

    public void vmIs(final State state, final Path socket, final VmDisk disk, final String reason) {
        vms.changed(new VmDescription("vm1", VM, state, socket, maps, List.of(disk)), reason);
    }

    public ComposedFile compose(final String path) throws ComposeException {
        return files.compose(new ComposeRequest("bob", List.of(new ComposeRequest.Source("vm1", path)), null));
    }

    public void awaitState(final ComposedFile file, final FileState state) {
        Awaitility.await(file.name() + " " + state).atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5)).until(() -> {
            files.tick();
            return file.status().state() == state;
        });
    }

    public void awaitReason(final ComposedFile file, final String reason) {
        Awaitility.await(file.name() + " " + reason).atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5)).until(() -> {
            files.tick();
            return reason.equals(file.status().reason());
        });
    }

    public void awaitLength(final ComposedFile file, final long lengthBytes) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5))
                .until(() -> file.status().lengthBytes() == lengthBytes);
    }

    public static byte[] read(final ComposedFile file, final long offset, final int length) throws ReadRefusedException {
        final ByteBuffer into = ByteBuffer.allocateDirect(length);
        file.read(into, offset);
        final byte[] bytes = new byte[into.position()];
        into.flip().get(bytes);
        return bytes;
    }

    public double count(final String meter, final String... tags) {
        final var counter = registry.find(meter).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }

    public double gauge(final String meter, final String... tags) {
        final var gauge = registry.find(meter).tags(tags).gauge();
        return gauge == null ? -1 : gauge.value();
    }

    /** A raw image of random bytes. */
    public static byte[] paint(final Path image, final int lengthBytes, final long seed) throws IOException {
        final byte[] bytes = new byte[lengthBytes];
        new java.util.Random(seed).nextBytes(bytes);
        Files.write(image, bytes);
        return bytes;
    }

    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        vms.close();
    }
}
