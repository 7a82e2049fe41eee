/**
 * A stand-in for block-link's linker, put on the classpath of child processes that these tests start. It works on local files.
 */
package io.livemr.hdfs.linker;
