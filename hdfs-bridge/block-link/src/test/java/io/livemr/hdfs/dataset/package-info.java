/** What stock HDFS does to blocks, done to links: scans, truncation, append, deletion, restarts, replication. */
package io.livemr.hdfs.dataset;
