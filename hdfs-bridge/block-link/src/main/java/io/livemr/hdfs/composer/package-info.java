/**
 * Client of the composer: its REST calls and its event stream (docs/protocol.md, section 4). Uses the JDK's HTTP client
 * and the Jackson that Hadoop brings.
 */
package io.livemr.hdfs.composer;
