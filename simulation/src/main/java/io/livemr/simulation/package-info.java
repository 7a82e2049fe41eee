/**
 * Whole runs: one VM, one composer and their readers, all that happens to them drawn from a seed, S1 looked at after each read; and many seeds
 * one after the other.
 */
package io.livemr.simulation;
