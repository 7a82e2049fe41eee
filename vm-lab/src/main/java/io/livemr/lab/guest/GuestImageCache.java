package io.livemr.lab.guest;

import io.livemr.lab.LabException;
import io.livemr.lab.Progress;
import io.livemr.lab.host.FileTree;
import io.livemr.lab.host.HostCommand;
import io.livemr.lab.host.HostLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps guest images, one folder each, named by the hash of the scripts, the packages' versions and the agent.
 *
 * <pre>
 *  CACHE/images/KEY/{vmlinuz,initrd.gz,system.img}   complete: it is renamed into place
 *  CACHE/packages/*.deb                              downloaded once
 *  CACHE/accelerator-KEY-BOOT                        see AcceleratorProbe
 * </pre>
 *
 * Labs link the files into their own folder, so old images can be dropped while VMs still run from them.
 */
public final class GuestImageCache {
    private static final int KEPT_IMAGES = 4;

    private final Path cache;

    public GuestImageCache(final Path cache) {
        this.cache = cache;
    }

    /** The image for this agent, built if it is not there. */
    public GuestImage get(final Optional<Path> agent, final Progress progress) {
        final Path work = FileTree.temporary(cache, "work");
        try {
            progress.step("checking the guest image");
            GuestFiles.copyTo(work.resolve("files"));
            final Path inputs = writeInputs(work);
            final String key = key(work, inputs, agent);
            final GuestImage image = new GuestImage(cache.resolve("images").resolve(key), key);
            HostLock.during(cache.resolve("images.lock"), () -> ensure(image, work, inputs, agent, progress));
            return image;
        } finally {
            FileTree.delete(work);
        }
    }

    private Path writeInputs(final Path work) {
        final Path inputs = work.resolve("inputs");
        final List<String> lines = new ArrayList<>();
        runScript(List.of(work.resolve("files/inputs.sh").toString()), lines::add);
        try {
            return Files.write(inputs, lines);
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(inputs, e);
        }
    }

    private static String key(final Path work, final Path inputs, final Optional<Path> agent) {
        final ContentHash hash = new ContentHash().addTree(work.resolve("files")).addFile(inputs);
        agent.map(AgentFiles::jars).orElse(List.of()).forEach(jar -> hash.add(jar.getFileName().toString()).addFile(jar));
        return hash.key();
    }

    private void ensure(final GuestImage image, final Path work, final Path inputs, final Optional<Path> agent, final Progress progress) {
        if (!Files.isDirectory(image.folder())) {
            build(image, work, inputs, agent, progress);
        }
        try {
            Files.setLastModifiedTime(image.folder(), FileTime.from(Instant.now()));
            dropOldest();
        } catch (final IOException e) {
            throw new LabException("cannot tidy " + cache + ": " + e.getMessage(), e);
        }
    }

    private void build(final GuestImage image, final Path work, final Path inputs, final Optional<Path> agent, final Progress progress) {
        final Path unfinished = work.resolve("out");
        try {
            Files.createDirectories(unfinished);
            runScript(List.of(work.resolve("files/build-image.sh").toString(), inputs.toString(),
                    cache.resolve("packages").toString(), agentFolder(work, agent), unfinished.toString()),
                    line -> progress.step("guest image: " + line));
            Files.createDirectories(image.folder().getParent());
            Files.move(unfinished, image.folder(), StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(image.folder(), e);
        }
    }

    /** A folder of just the jars: the agent's target folder may change while we build. */
    private static String agentFolder(final Path work, final Optional<Path> agent) throws IOException {
        if (agent.isEmpty()) {
            return "-";
        }
        final Path folder = Files.createDirectories(work.resolve("agent"));
        for (final Path jar : AgentFiles.jars(agent.get())) {
            Files.copy(jar, folder.resolve(jar.getFileName()));
        }
        return folder.toString();
    }

    private void dropOldest() throws IOException {
        final List<Path> images;
        try (Stream<Path> folders = Files.list(cache.resolve("images"))) {
            images = folders.sorted(Comparator.comparing((Path folder) -> folder.toFile().lastModified()).reversed()).toList();
        }
        images.stream().skip(KEPT_IMAGES).forEach(FileTree::delete);
    }

    private static void runScript(final List<String> command, final Consumer<String> line) {
        try {
            final Path errors = Files.createTempFile("livemr-lab-", ".err");
            try {
                final Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
                try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                    reader.lines().forEach(line);
                }
                requireSuccess(process.waitFor(), Files.readString(errors).strip());
            } finally {
                Files.delete(errors);
            }
        } catch (final IOException e) {
            throw new LabException("cannot run " + command.get(0) + ": " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while building the guest image", e);
        }
    }

    private static void requireSuccess(final int exitCode, final String errors) {
        if (exitCode != 0) {
            throw new LabException("the guest image could not be made (exit code " + exitCode + "): " + errors);
        }
    }
}
