/**
 * This machine: running its programs, its libvirt daemons, its free ports, and whether its KVM carries a guest.
 * Nothing here knows of labs beyond the lease each one holds on the daemons.
 */
package io.livemr.lab.host;
