package io.livemr.bench.live;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.PeerException;
import io.livemr.bench.log.GuestLog;
import io.livemr.bench.measure.Samples;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Lets the readers read in turns. A peer that cannot is left out with the reason; ours must. One thread. */
final class LiveRun {

    private final Bed bed;
    private final GuestLog log;
    private final Map<LiveReader, List<LiveRead>> readsByReader = new LinkedHashMap<>();
    private final List<String> skipped = new ArrayList<>();
    private final LiveReader ours;

    /** @param readers ours first. */
    LiveRun(final Bed bed, final GuestLog log, final List<LiveReader> readers) throws Exception {
        this.bed = bed;
        this.log = log;
        this.ours = readers.get(0);
        for (final LiveReader reader : readers) {
            readsByReader.put(reader, new ArrayList<>());
            prepare(reader);
        }
    }

    private void prepare(final LiveReader reader) throws Exception {
        final Optional<String> obstacle = reader.obstacle();
        if (obstacle.isPresent()) {
            skip(reader, obstacle.get());
            return;
        }
        guarded(reader, () -> {
            bed.progress().accept("preparing: " + reader.name());
            reader.prepare();
            LiveRead.of(reader, log.reports());     // not counted
        });
    }

    /** The order turns by one each time, so that none always finds the caches as the same other left them. */
    void read(final int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            bed.progress().accept("round " + (round + 1) + " of " + rounds);
            final List<LiveReader> order = new ArrayList<>(readsByReader.keySet());
            java.util.Collections.rotate(order, round);
            for (final LiveReader reader : order) {
                guarded(reader, () -> readsByReader.get(reader).add(LiveRead.of(reader, log.reports())));
            }
        }
    }

    private void guarded(final LiveReader reader, final PeerException.Work work) throws Exception {
        if (!log.isRunning()) {
            throw new IOException("the guest's writer went away");
        }
        if (reader == ours) {
            work.run();
            return;
        }
        try {
            PeerException.guard(work);
        } catch (final PeerException e) {
            skip(reader, e.getMessage());
        }
    }

    private void skip(final LiveReader reader, final String reason) {
        readsByReader.remove(reader);
        skipped.add(reader.skipped(reason));
    }

    List<String> skipped() {
        return skipped;
    }

    List<Figure> figures() {
        return List.of(rightness(),
            figure("live log: first right byte", "s", LiveRead::firstByteSeconds, "0.10 s or sooner", 0.10, false),
            figure("live log: whole file", "MB/s", LiveRead::megabytesPerSecond, "195 MB/s or more", 195, true));
    }

    private Figure rightness() {
        final List<Series> series = new ArrayList<>();
        final List<String> words = new ArrayList<>();
        readsByReader.forEach((reader, reads) -> {
            series.add(new Series(reader.name(), samples(reads, LiveRead::lagSeconds), facts(reads)));
            words.add(reader.name() + " " + right(reads) + " of " + reads.size());
        });
        final boolean met = right(readsByReader.get(ours)) == readsByReader.get(ours).size();
        return new Figure("live log: right reads, and their lag", "s of lag", series, null, String.join("; ", words), "every read right", met);
    }

    private static long right(final List<LiveRead> reads) {
        return reads.stream().filter(LiveRead::right).count();
    }

    private static Map<String, Object> facts(final List<LiveRead> reads) {
        final Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("reads", reads.size());
        facts.put("right", right(reads));
        facts.put("lagLinesMax", reads.stream().mapToLong(LiveRead::lagLines).max().orElse(0));
        facts.put("nulBytesMax", reads.stream().mapToLong(read -> read.verdict().nulBytes()).max().orElse(0));
        facts.put("wrongLinesMax", reads.stream().mapToLong(read -> read.verdict().wrongLines()).max().orElse(0));
        facts.put("tornTails", reads.stream().filter(read -> read.verdict().tornTailBytes() > 0).count());
        return facts;
    }

    /** The aim is what the best peer did when LiveMR was planned. */
    private Figure figure(final String name, final String unit, final ToDoubleFunction<LiveRead> measure, final String aim, final double limit,
        final boolean moreIsBetter) {
        final List<Series> series = new ArrayList<>();
        final List<String> words = new ArrayList<>();
        readsByReader.forEach((reader, reads) -> {
            series.add(new Series(reader.name(), samples(reads, measure)));
            words.add(reader.name() + " " + Figure.number(samples(reads, measure).median()));
        });
        final double median = series.get(0).samples().median();
        return new Figure(name, unit, series, null, String.join("; ", words) + " " + unit, aim, moreIsBetter ? median >= limit : median <= limit);
    }

    private static Samples samples(final List<LiveRead> reads, final ToDoubleFunction<LiveRead> measure) {
        return Samples.of(reads.stream().mapToDouble(measure).toArray());
    }
}
