/**
 * Composing and growing linked HDFS files with the plain ClientProtocol of an unmodified NameNode and the plug-in of the
 * one DataNode that sees the composed file.
 */
package io.livemr.hdfs.client;
