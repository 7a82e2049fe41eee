package io.livemr.composer.fuse;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many pages the kernel puts into one request. Each request costs two threads' waking and one round of guards, whatever its size, so a reader who
 * asks for much at a time is read four times as much at once where the kernel can: Linux 6.13 made a setting of what had been 256 pages, {@code
 * fs.fuse.max_pages_limit}, and takes it over when a file system is mounted.
 */
final class RequestPages {

    /** 4 MiB. With twice that reads were slower again (docs/benchmarks.md). */
    static final int WANTED = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(RequestPages.class);
    private static final int BEFORE_THE_SETTING = 256;
    private static final Path LIMIT = Path.of("/proc/sys/fs/fuse/max_pages_limit");

    private RequestPages() {
    }

    /** As many as are wanted, if this process may raise the limit or somebody did; else the kernel's. Never lowers it. */
    static int raised() {
        return raised(LIMIT);
    }

    static int raised(final Path limit) {
        try {
            if (read(limit) < WANTED && Files.isWritable(limit)) {
                Files.writeString(limit, Integer.toString(WANTED));
                LOG.info("raised the limit of pages in a FUSE request path={} pages={}", limit, WANTED);
            }
            return Math.min(WANTED, read(limit));
        } catch (final IOException | NumberFormatException e) {
            LOG.debug("no limit to raise path={}", limit, e);
            return BEFORE_THE_SETTING;
        }
    }

    /** In one read(2): the kernel gives nothing of a setting to a second one. */
    private static int read(final Path limit) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(limit)) {
            return Integer.parseInt(lines.readLine());
        }
    }
}
