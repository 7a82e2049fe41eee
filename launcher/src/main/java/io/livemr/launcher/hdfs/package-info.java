/**
 * Verbs that speak to the HDFS of a running stack through Hadoop's own shell.
 */
package io.livemr.launcher.hdfs;
