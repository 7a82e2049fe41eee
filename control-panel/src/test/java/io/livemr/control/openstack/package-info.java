/** OpenStack as its services answer, well and badly. */
package io.livemr.control.openstack;
