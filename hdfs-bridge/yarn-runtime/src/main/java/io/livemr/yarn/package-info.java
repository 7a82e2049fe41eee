/**
 * How a job's applications stand on YARN, by Hadoop's own clients, for programs that cannot have those on their own classpath. One
 * program, which writes a file that the control panel reads.
 */
package io.livemr.yarn;
