package io.livemr.composer.fsmap;

import com.sun.jna.LastErrorException;
import io.livemr.composer.file.FileEvents;
import io.livemr.composer.file.FileState;
import io.livemr.composer.file.SourceView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All composed files that this host's kernel can show, in a folder of an ext4 file system: the {@code fsmap} back end.
 *
 * <p>What takes a file back is done on the thread that says so, before it goes on to acknowledge anything. What shows more is done by a
 * thread of its own, on whose list each file stands once at most. Safe to share between threads.
 */
public final class KernelFiles implements FileEvents, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KernelFiles.class);

    private static final int CLOSE_SECONDS = 10;

    private final Path folder;
    private final int readerGid;
    private final Function<String, List<SourceView>> sources;
    private final Map<String, MappedFile> files = new ConcurrentHashMap<>();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> new Thread(work, "kernel-files"));
    private volatile boolean closed;

    private KernelFiles(final Path folder, final int readerGid, final Function<String, List<SourceView>> sources) {
        this.folder = folder;
        this.readerGid = readerGid;
        this.sources = sources;
    }

    /**
     * Takes a folder over and removes what a predecessor has left in it.
     *
     * @param readerGid group that may read the files, besides root.
     * @param sources   of a composed file, by name; empty if there is none of that name.
     * @throws IOException if the kernel, or the folder's file system, has no {@code fsmapcreate}.
     */
    public static KernelFiles open(final Path folder, final int readerGid, final Function<String, List<SourceView>> sources) throws IOException {
        requireSystemCall();
        Files.createDirectories(folder);
        removeLeft(folder);
        requireFileSystem(folder);
        return new KernelFiles(folder, readerGid, sources);
    }

    private static void requireSystemCall() throws IOException {
        if (errorOfDelete(-1) != SystemCalls.EBADF) {
            throw new IOException("this kernel has no fsmapcreate (or this is not root); boot one with ext4-patches/01*.patch and "
                    + "CONFIG_FSMAPCREATE=y, or leave out --fsmap: files are served through --mount all the same");
        }
    }

    private static void requireFileSystem(final Path folder) throws IOException {
        final Path probe = folder.resolve("livemr_probe");
        final int file = KernelMap.opened(probe, () -> SystemCalls.openNew(probe.toString()));
        try {
            if (errorOfDelete(file) != SystemCalls.ENODATA) {
                throw new IOException("the file system of --fsmap " + folder + " has no fsmapcreate; name a folder on ext4");
            }
        } finally {
            SystemCalls.close(file);
            Files.delete(probe);
        }
    }

    private static int errorOfDelete(final int file) {
        try {
            SystemCalls.fsmapdelete(file);
            return 0;
        } catch (final LastErrorException e) {
            return e.getErrorCode();
        }
    }

    private static void removeLeft(final Path folder) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            for (final Path file : left.filter(path -> path.getFileName().toString().startsWith("livemr_")).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void state(final String name, final FileState state, final String reason) {
        if (state == FileState.LIVE) {
            followSoon(name);
        } else {
            withdraw(name, reason == null ? state.name() : reason);
        }
    }

    @Override
    public void grew(final String name, final long lengthBytes) {
        followSoon(name);
    }

    @Override
    public void removed(final String name) {
        withdraw(name, "unmapped");
        files.remove(name);
    }

    /** What no event tells: images that are not written any more. A few times a second. */
    public void tick() {
        files.keySet().forEach(this::followSoon);
    }

    private void withdraw(final String name, final String reason) {
        final MappedFile file = files.get(name);
        if (file != null) {
            file.withdraw(reason);
        }
    }

    private void followSoon(final String name) {
        if (waiting.add(name)) {
            try {
                worker.execute(() -> follow(name));
            } catch (final RejectedExecutionException e) {
                LOG.debug("closed; file={} is shown after the next start", name);
            }
        }
    }

    private void follow(final String name) {
        waiting.remove(name);
        if (closed) {
            return;
        }
        if (sources.apply(name).isEmpty()) {
            removed(name);
            return;
        }
        files.computeIfAbsent(name, key -> new MappedFile(folder.resolve(key), readerGid, () -> sources.apply(key))).follow();
    }

    /** Files that stand on the list. */
    public int waitingCount() {
        return waiting.size();
    }

    /** Composed files that the kernel shows. */
    public long shownCount() {
        return files.values().stream().filter(file -> file.obstacle() == null).count();
    }

    /** Where the bytes of a composed file are, in order; none if the kernel does not show it. */
    public Collection<Path> paths(final String name) {
        final MappedFile file = files.get(name);
        return file == null ? List.of() : file.paths();
    }

    /** Why the kernel does not show a composed file, in one word; null if it does. */
    public String obstacle(final String name) {
        final MappedFile file = files.get(name);
        return file == null ? "new" : file.obstacle();
    }

    /** The worker is waited for and not interrupted: that would close the image that it looks at for everybody. */
    @Override
    public void close() {
        closed = true;
        worker.shutdown();
        try {
            if (!worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.error("the kernel did not answer for {} s; its files end with this process", CLOSE_SECONDS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        files.values().forEach(file -> file.withdraw("stopping"));
    }
}
