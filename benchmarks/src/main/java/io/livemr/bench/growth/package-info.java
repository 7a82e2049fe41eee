/**
 * {@code bench growth}: how soon a reader of HDFS has what a guest has synced. No peer: nothing else shows a VM's file in HDFS as it grows.
 */
package io.livemr.bench.growth;
