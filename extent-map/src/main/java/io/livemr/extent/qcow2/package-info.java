/**
 * Where a guest's disk is in files of the host, while the guest's QEMU goes on writing to them.
 * Only translates: no byte of guest data is read here, and nothing is remembered from one call to the next.
 */
package io.livemr.extent.qcow2;
