/** A DataNode as a process of its own, killed at its fail points. */
package io.livemr.hdfs.failpoint;
