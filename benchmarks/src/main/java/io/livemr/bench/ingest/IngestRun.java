package io.livemr.bench.ingest;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.PeerException;
import io.livemr.bench.host.Site;
import io.livemr.bench.measure.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The two contenders of one comparison: seconds until the file is in HDFS. What was written meanwhile is kept beside. One thread. */
final class IngestRun {
    /** One takes so short that a single one says more of what else goes on in that moment. */
    private static final int LINKS = 7;

    private final Bed bed;
    private final Site site;
    private final Hdfs hdfs;
    private final WarmLinker linker;
    private final String guestPath;
    private final Path composed;
    private final long lengthBytes;
    private final List<Double> linkSeconds = new ArrayList<>();
    private final List<Long> oursWrittenBytes = new ArrayList<>();
    private final List<Long> peerWrittenBytes = new ArrayList<>();
    private int files;

    /** @param composed the file through the mount, which what was copied must equal. */
    IngestRun(final Bed bed, final Site site, final WarmLinker linker, final String guestPath, final Path composed) throws IOException {
        this.bed = bed;
        this.site = site;
        this.hdfs = new Hdfs(site.stack());
        this.linker = linker;
        this.guestPath = guestPath;
        this.composed = composed;
        this.lengthBytes = Files.size(composed);
    }

    /** The whole command, JVM start and all; and by the linker, a few times right after it. */
    Contender ours() {
        return new Contender("composeFromLocal, whole command", () -> {
            final String target = nextName();
            final long written = hdfs.writtenBytes();
            final long start = System.nanoTime();
            site.link(guestPath, target);
            final double seconds = (System.nanoTime() - start) / 1e9;
            oursWrittenBytes.add(hdfs.writtenBytes() - written);
            requireLength(target);
            linker.remove(target);
            for (int i = 0; i < LINKS; i++) {
                linkSeconds.add(secondsOfTheLinker());
            }
            return seconds;
        });
    }

    private double secondsOfTheLinker() throws IOException {
        final String target = nextName();
        final long start = System.nanoTime();
        linker.link(guestPath, target);
        final double seconds = (System.nanoTime() - start) / 1e9;
        requireLength(target);
        linker.remove(target);
        return seconds;
    }

    /** Copy out, then put. */
    Contender peer(final CopyOut copy) {
        return new Contender(copy.name() + " + hdfs put", () -> {
            final String target = nextName();
            final Path file = bed.folder().resolve("copied-" + files);
            final long written = hdfs.writtenBytes();
            final long start = System.nanoTime();
            PeerException.guard(() -> copy.copyTo(file));
            hdfs.put(file, target);
            final double seconds = (System.nanoTime() - start) / 1e9;
            peerWrittenBytes.add(hdfs.writtenBytes() - written + Files.size(file));
            requireLength(target);
            PeerException.guard(() -> requireSameBytes(file));
            Files.delete(file);
            linker.remove(target);
            return seconds;
        });
    }

    private String nextName() {
        return "/bench-" + ++files;
    }

    private void requireLength(final String target) throws IOException {
        final long found = site.stack().webHdfs().lengthBytes(target);
        if (found != lengthBytes) {
            throw new IOException(target + " has " + found + " bytes and not " + lengthBytes);
        }
    }

    private void requireSameBytes(final Path copied) throws IOException {
        final long at = Files.mismatch(copied, composed);
        if (at >= 0) {
            throw new IOException("what was copied out differs from the composed file at byte " + at);
        }
    }

    /** Of the counted runs: the first of each was the warm-up. */
    List<Double> linkSeconds() {
        return linkSeconds.subList(LINKS, linkSeconds.size());
    }

    List<Long> oursWrittenBytes() {
        return oursWrittenBytes.subList(1, oursWrittenBytes.size());
    }

    List<Long> peerWrittenBytes() {
        return peerWrittenBytes.subList(1, peerWrittenBytes.size());
    }
}
