/**
 * {@code bench ingest}: composing a VM's file into HDFS, beside copying it out of the VM in one of three ways and putting it there.
 */
package io.livemr.bench.ingest;
