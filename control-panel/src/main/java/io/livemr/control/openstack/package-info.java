/**
 * OpenStack, where {@code livemr.openstack.auth-url} names one: Keystone says who somebody is, Nova which servers are his project's, on which
 * host each runs and by which name its libvirt knows it.
 */
package io.livemr.control.openstack;
