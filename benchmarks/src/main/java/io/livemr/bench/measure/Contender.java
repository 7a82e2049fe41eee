package io.livemr.bench.measure;

/** One way to do it. */
public record Contender(String name, Measurement measurement) {

    /** Does it once and says how it went, in the unit of the figure. */
    @FunctionalInterface
    public interface Measurement {
        double run() throws Exception;
    }
}
