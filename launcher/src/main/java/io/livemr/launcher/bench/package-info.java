/**
 * Starts a benchmark of the {@code benchmarks} module in a process of its own: a measurement shares no heap with its launcher.
 */
package io.livemr.launcher.bench;
