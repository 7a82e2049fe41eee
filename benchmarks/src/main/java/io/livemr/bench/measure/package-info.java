/**
 * Measuring two ways to do one thing in turns, on a machine that is never quiet. Knows nothing of what is measured.
 */
package io.livemr.bench.measure;
