/**
 * What one VM that sends its composer all it can costs the host and the other VMs.
 */
package io.livemr.bench.flood;
