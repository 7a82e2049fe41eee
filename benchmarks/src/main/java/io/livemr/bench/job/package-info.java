/**
 * {@code bench job}: a job over a log that a guest is writing, beside the same job after the log was copied into HDFS.
 */
package io.livemr.bench.job;
