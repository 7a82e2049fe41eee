/**
 * The virtual machines of this host as libvirt tells of them: their state, agent channel and disks, and when any of that changes.
 * What is here comes from the domain definition and never from a guest.
 */
package io.livemr.composer.vm;
