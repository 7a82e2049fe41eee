package io.livemr.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What libguestfs needs for its appliance on a machine that has no kernel of its own in /boot: the one that the lab's guests boot, from
 * the package that the lab has downloaded. Its caches are in the benchmark's folder.
 */
public final class GuestfsKernel {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Bed bed;
    private Map<String, String> environment;

    public GuestfsKernel(final Bed bed) {
        this.bed = bed;
    }

    public Optional<String> obstacle() {
        if (!Programs.has("guestfish") || !Programs.has("virt-cat")) {
            return Optional.of("Debian packages libguestfs-tools and guestfs-tools are missing");
        }
        return kernelPackage().isPresent() ? Optional.empty() : Optional.of("the lab has not downloaded a kernel package to " + packages());
    }

    /** For all programs of libguestfs. Unpacks the kernel at the first call. */
    public synchronized Map<String, String> environment() throws IOException, InterruptedException, ProgramException {
        if (environment == null) {
            final Path root = Files.createDirectories(bed.folder().resolve("guestfs"));
            bed.programs().run(LIMIT, Map.of(), List.of("dpkg-deb", "--extract", kernelPackage().orElseThrow().toString(), root.toString()));
            final Path modules = onlyEntryOf(root.resolve("lib/modules"));
            haveModulesFolder();
            bed.programs().run(LIMIT, Map.of(), List.of("busybox", "depmod", "-b", root.toString(), modules.getFileName().toString()));
            environment = Map.of(
                "SUPERMIN_KERNEL", root.resolve("boot/vmlinuz-" + modules.getFileName()).toString(),
                "SUPERMIN_KERNEL_VERSION", modules.getFileName().toString(),
                "SUPERMIN_MODULES", modules.toString(),
                "LIBGUESTFS_BACKEND", "direct",
                "LIBGUESTFS_BACKEND_SETTINGS", "force_tcg",
                "LIBGUESTFS_CACHEDIR", root.toString(),
                "TMPDIR", root.toString());
        }
        return environment;
    }

    /** supermin gives the appliance's folder of modules the owner and mode of this host's, and fails if there is none. An empty one will do. */
    private void haveModulesFolder() throws IOException {
        final Path folder = Path.of("/lib/modules");
        if (!Files.exists(folder)) {
            bed.teardown().add(() -> Files.deleteIfExists(folder));
            Files.createDirectory(folder);
        }
    }

    private static Path onlyEntryOf(final Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findFirst().orElseThrow();
        }
    }

    private static Optional<Path> kernelPackage() {
        if (!Files.isDirectory(packages())) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(packages())) {
            return files.filter(file -> file.getFileName().toString().startsWith("linux-image-")).sorted().reduce((older, newer) -> newer);
        } catch (final IOException e) {
            return Optional.empty();
        }
    }

    /** Where the lab keeps packages; the same rule as its own. */
    private static Path packages() {
        final String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        return (cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache)).resolve("livemr/packages");
    }
}
