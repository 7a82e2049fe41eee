package io.livemr.control.openstack;

/**
 * A server of Nova.
 *
 * @param host         name of the hypervisor's host; empty where there is none.
 * @param instanceName by which its host's libvirt knows it, and so the composer there.
 */
public record Server(String id, String name, String host, String instanceName) { }
