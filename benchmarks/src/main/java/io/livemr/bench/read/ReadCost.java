package io.livemr.bench.read;

import io.livemr.bench.measure.Contender;
import io.livemr.bench.measure.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processor time of the processes that have a part in a read. What the kernel does for them outside of their own threads is not in it, so it is
 * less than what the read costs. For one thread.
 */
final class ReadCost {

    private static final double NANOS_A_SECOND = 1e9;
    private static final double GIBIBYTE = 1L << 30;

    private final List<ProcessHandle> processes;
    private final List<Double> secondsPerGibibyte = new ArrayList<>();

    ReadCost(final ProcessHandle... processes) {
        this.processes = List.of(processes);
    }

    static ProcessHandle process(final long pid) {
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** The same contender, of whose runs each is looked at. */
    Contender of(final Contender contender, final long lengthBytes) {
        return new Contender(contender.name(), () -> {
            final double before = seconds();
            final double value = contender.measurement().run();
            secondsPerGibibyte.add((seconds() - before) * GIBIBYTE / lengthBytes);
            return value;
        });
    }

    private double seconds() {
        return processes.stream().flatMap(process -> Stream.ofNullable(process.info().totalCpuDuration().orElse(null)))
            .mapToDouble(spent -> spent.toNanos() / NANOS_A_SECOND).sum();
    }

    /** Of the runs so far. */
    Samples secondsPerGibibyte() {
        return Samples.of(secondsPerGibibyte);
    }
}
