/**
 * What every benchmark stands on: a lab, a stack, programs of this host, and the promise that nothing of them is left behind.
 */
package io.livemr.bench.host;
