/**
 * The DataNode's plug-in: answers requests for links on the DataNode's IPC port, and grows HDFS files as the composed
 * files behind them grow.
 */
package io.livemr.hdfs.plugin;
