package io.livemr.lab.guest;

import java.nio.file.Path;

/** The three files that a VM boots from, in one folder that nobody changes once it is there. */
public record GuestImage(Path folder, String key) {

    public Path kernel() {
        return folder.resolve("vmlinuz");
    }

    public Path initrd() {
        return folder.resolve("initrd.gz");
    }

    /** Raw, read-only by agreement: VMs write to overlays. */
    public Path systemDisk() {
        return folder.resolve("system.img");
    }
}
