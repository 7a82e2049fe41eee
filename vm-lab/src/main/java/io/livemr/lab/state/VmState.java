package io.livemr.lab.state;

import io.livemr.lab.disk.DataDisk;

/**
 * One VM of a lab, as written to {@code lab.json}.
 *
 * @param uuid    libvirt's id of the domain; it tells our domain from another lab's of the same name
 * @param sshPort of 127.0.0.1, forwarded to the guest's port 22
 * @param dataCache libvirt's cache mode of the data disk
 */
public record VmState(
        String name, String domain, String uuid, int sshPort, int memoryMiB, int vcpus, String dataCache, DataDisk dataDisk) {

    public VmState withSshPort(final int value) {
        return new VmState(name, domain, uuid, value, memoryMiB, vcpus, dataCache, dataDisk);
    }
}
