package io.livemr.lab.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /dev/kvm} as udev would have set it up: open to group {@code kvm}. On a machine without udev libvirt probes QEMU as root,
 * finds KVM, then finds that its own user may not open it, and probes again at every turn: minutes for the start of one VM. What
 * was there before is written down and put back.
 */
final class KvmDevice {
    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rw-rw----");

    private final Path device;
    private final Path record;

    KvmDevice(final Path device, final Path record) {
        this.device = device;
        this.record = record;
    }

    void openToGroup() {
        try {
            final Optional<GroupPrincipal> kvm = group("kvm");
            if (kvm.isPresent() && Files.exists(device) && !isOpenTo(kvm.get())) {
                final PosixFileAttributes before = view().readAttributes();
                Files.writeString(record, before.group().getName() + " " + PosixFilePermissions.toString(before.permissions()));
                set(kvm.get(), OPEN);
            }
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(record, e);
        }
    }

    void restore() {
        try {
            if (Files.exists(record)) {
                final String[] before = Files.readString(record).split(" ");
                set(group(before[0]).orElseThrow(() -> new IOException("no group " + before[0])), PosixFilePermissions.fromString(before[1]));
                Files.delete(record);
            }
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(device, e);
        }
    }

    private boolean isOpenTo(final GroupPrincipal group) throws IOException {
        final PosixFileAttributes now = view().readAttributes();
        final boolean all = now.permissions().contains(PosixFilePermission.OTHERS_WRITE);
        return all || now.group().equals(group) && now.permissions().containsAll(OPEN);
    }

    private void set(final GroupPrincipal group, final Set<PosixFilePermission> permissions) throws IOException {
        view().setGroup(group);
        view().setPermissions(permissions);
    }

    private PosixFileAttributeView view() {
        return Files.getFileAttributeView(device, PosixFileAttributeView.class);
    }

    private Optional<GroupPrincipal> group(final String name) {
        try {
            return Optional.of(device.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name));
        } catch (final IOException e) {
            return Optional.empty();
        }
    }
}
