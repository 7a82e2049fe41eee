/**
 * VMs as libvirt sees them: the XML that describes one, and defining, starting, stopping and removing it.
 * The composer finds these domains by itself; nothing here touches the agent's channel.
 */
package io.livemr.lab.domain;
