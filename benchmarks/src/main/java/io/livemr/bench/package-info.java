/**
 * Benchmarks of LiveMR beside its peers: {@code livemr bench NAME}. A figure always comes with what it is compared to, measured in the same run.
 */
package io.livemr.bench;
