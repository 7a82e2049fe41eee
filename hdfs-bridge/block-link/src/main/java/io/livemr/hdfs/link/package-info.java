/**
 * What a link is: the value, its record in a block's meta file, and reading the bytes it points to. Nothing here knows
 * of DataNodes beyond what a stream handed to one must look like.
 */
package io.livemr.hdfs.link;
