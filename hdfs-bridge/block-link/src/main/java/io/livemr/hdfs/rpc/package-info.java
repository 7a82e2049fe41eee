/**
 * docs/protocol.md, section 6: what a DataNode's plug-in can be asked, and its transport over Hadoop RPC. Both ends use
 * it: {@code io.livemr.hdfs.client} asks, {@code io.livemr.hdfs.plugin} answers.
 */
package io.livemr.hdfs.rpc;
