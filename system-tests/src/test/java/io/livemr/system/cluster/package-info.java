/**
 * Several hosts on one machine: network namespaces on a bridge, with the daemons of a real HDFS and YARN in them. They share the file
 * system and one libvirt.
 */
package io.livemr.system.cluster;
