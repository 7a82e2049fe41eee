package io.livemr.composer.fsmap;

import io.livemr.composer.file.SourceView;
import io.livemr.composer.grant.MapWay;
import io.livemr.composer.image.FileView;
import io.livemr.extent.DiskRange;
import io.livemr.extent.UncoveredRangeException;
import io.livemr.extent.qcow2.HostRange;
import io.livemr.extent.qcow2.Translation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One composed file in the kernel: as many files as it takes, {@code NAME}, {@code NAME.1}, …, whose bytes follow each other. A new one begins
 * where the last is full, and where the image is another.
 *
 * <p>The kernel asks nobody before a byte, so a file is shown only where its bytes cannot move under it: on a raw image to which QEMU writes,
 * pinned in its guest (docs/decisions/0006). Views are closed before {@link #withdraw} is called, and looked at again after each change of the
 * maps, so no map outlives what it was made of. Safe to share between threads.
 */
final class MappedFile {

    private static final Logger LOG = LoggerFactory.getLogger(MappedFile.class);
    /** 64 segments each. */
    private static final int MOST_MAPS = 64;
    private static final String IO_ERROR = "io_error";
    /** What no growth mends. */
    private static final Set<String> LASTING = Set.of("hole", "too_many_segments");

    private final Path path;
    private final int readerGid;
    private final Supplier<List<SourceView>> sources;
    private final List<KernelMap> maps = new ArrayList<>();
    private List<SourceView> basis = List.of();
    private long mappedBytes;
    private volatile String obstacle = "new";

    MappedFile(final Path path, final int readerGid, final Supplier<List<SourceView>> sources) {
        this.path = path;
        this.readerGid = readerGid;
        this.sources = sources;
    }

    /** Shows what there is to be shown now, or nothing. */
    synchronized void follow() {
        final List<SourceView> now = sources.get();
        if (!continues(now, basis)) {
            withdraw("map_changing");
        } else if (obstacle != null && LASTING.contains(obstacle)) {
            return;
        }
        basis = now;
        try {
            requireMappable(now);
            extend(now);
            final List<SourceView> then = sources.get();
            requireMappable(then);
            require(continues(then, now), "map_changing");
        } catch (final NotMappableException e) {
            withdraw(e.getMessage());
        } catch (final IOException | UncoveredRangeException | RuntimeException e) {
            if (!IO_ERROR.equals(obstacle)) {
                LOG.error("file={} cannot be shown by the kernel; tried again until it can", path, e);
            }
            withdraw(IO_ERROR);
        }
    }

    private static boolean continues(final List<SourceView> now, final List<SourceView> before) {
        if (now.size() != before.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (!now.get(i).continues(before.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static void requireMappable(final List<SourceView> sources) throws NotMappableException {
        require(!sources.isEmpty(), "unmapped");
        for (final SourceView source : sources) {
            final FileView view = source.view();
            require(view.isReadable(), view.reason() == null ? "lease_over" : view.reason());
            require(source.way() == MapWay.CHANNEL, "not_pinned");
            require(view.disk().keepsOffsets(), "image_not_raw");
            require(view.disk().isWritten(), "image_not_active");
        }
    }

    private static void require(final boolean good, final String reason) throws NotMappableException {
        if (!good) {
            throw new NotMappableException(reason);
        }
    }

    private void extend(final List<SourceView> now) throws IOException, UncoveredRangeException, NotMappableException {
        long base = 0;
        for (final SourceView source : now) {
            final long from = Math.max(0, mappedBytes - base);
            if (from < source.lengthBytes()) {
                append(source.view(), from, source.lengthBytes() - from);
            }
            base += source.lengthBytes();
        }
        require(mappedBytes == base, "shrunk");
        obstacle = null;
    }

    private void append(final FileView view, final long offsetBytes, final long lengthBytes)
            throws IOException, UncoveredRangeException, NotMappableException {
        for (final DiskRange range : view.extents().translateBytes(offsetBytes, lengthBytes)) {
            require(!range.isZeros(), "hole");
            final Translation place = view.disk().translate(range.diskOffsetBytes(), range.lengthBytes());
            for (final HostRange part : place.ranges()) {
                append(part);
            }
            require(place.isStillTrue(), "image_changing");
        }
    }

    private void append(final HostRange range) throws IOException, NotMappableException {
        if (maps.isEmpty() || !maps.get(maps.size() - 1).append(range)) {
            require(maps.size() < MOST_MAPS, "too_many_segments");
            final KernelMap next = KernelMap.make(pathOf(maps.size()), range.path(), readerGid);
            maps.add(next);
            require(next.append(range), "no_space");
        }
        mappedBytes += range.lengthBytes();
    }

    private Path pathOf(final int number) {
        return number == 0 ? path : path.resolveSibling(path.getFileName() + "." + number);
    }

    /** When it returns, nobody gets another byte. */
    synchronized void withdraw(final String reason) {
        for (final KernelMap map : maps) {
            try {
                map.withdraw();
            } catch (final IOException e) {
                LOG.error("file={} is withdrawn, but its name stays: {}", map.path(), e.getMessage());
            }
        }
        if (!reason.equals(obstacle)) {
            LOG.info("file={} is not shown by the kernel reason={}", path, reason);
        }
        maps.clear();
        mappedBytes = 0;
        obstacle = reason;
    }

    /** Why the kernel does not show it, or null. */
    String obstacle() {
        return obstacle;
    }

    synchronized List<Path> paths() {
        return maps.stream().map(KernelMap::path).toList();
    }
}
