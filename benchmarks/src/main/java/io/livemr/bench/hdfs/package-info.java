/**
 * What runs beside Hadoop's libraries, in processes of its own: readers of HDFS files. The rest of a benchmark talks to them in lines.
 */
package io.livemr.bench.hdfs;
