/**
 * What a benchmark says when it is done, for people and for programs: the figures, and the machine, date and commit they hold for.
 */
package io.livemr.bench.report;
