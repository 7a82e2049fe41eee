package io.livemr.bench.report;

import io.livemr.bench.measure.Comparison;

/**
 * One comparison and what was hoped for.
 *
 * @param unit of the samples, for example {@code MB/s} (10⁶ bytes)
 * @param aim  in words, for example {@code ratio ≥ 0.9}
 */
public record Figure(String name, String unit, Comparison comparison, String aim, boolean aimMet) { }
