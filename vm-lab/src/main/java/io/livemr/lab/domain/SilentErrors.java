package io.livemr.lab.domain;

import com.sun.jna.Pointer;
import org.libvirt.jna.Libvirt;
import org.libvirt.jna.virError;

/** Keeps libvirt from writing to stderr what it also throws. */
final class SilentErrors implements Libvirt.VirErrorCallback {
    @Override
    public void errorCallback(final Pointer userData, final virError error) {
        // The same error reaches the caller as a LibvirtException.
    }
}
