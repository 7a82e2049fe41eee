/** {@code hadoop fs -composeFromLocal}: Hadoop's own shell with one command more. */
package io.livemr.hdfs.shell;
