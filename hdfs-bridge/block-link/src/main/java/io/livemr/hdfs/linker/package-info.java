/** Makes files of HDFS out of files in VMs: one for Hadoop's shell, many, one call after the other, for a control panel. */
package io.livemr.hdfs.linker;
