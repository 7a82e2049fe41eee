package io.livemr.agent.file;

import static io.livemr.agent.denial.DenialReason.NOT_A_REGULAR_FILE;
import static io.livemr.agent.denial.DenialReason.UNSUPPORTED_FILE;
import static io.livemr.agent.denial.DenialReason.UNSUPPORTED_FILE_SYSTEM;

import io.livemr.agent.denial.DeniedException;
import io.livemr.agent.kernel.Descriptor;
import io.livemr.agent.kernel.FileFlags;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What must hold for a file so that its blocks hold its bytes in plain, and stay while it is append-only. */
final class FileRules {

    private static final Map<Integer, String> UNSUPPORTED_FLAGS = new LinkedHashMap<>();

    static {
        UNSUPPORTED_FLAGS.put(FileFlags.INLINE_DATA,
                "its bytes are inside the inode (inline_data); once it has grown past about 100 bytes, ask again");
        UNSUPPORTED_FLAGS.put(FileFlags.ENCRYPTED, "it is encrypted; copy it to a folder without encryption");
        UNSUPPORTED_FLAGS.put(FileFlags.VERITY, "it has fs-verity; copy it to a plain file");
        UNSUPPORTED_FLAGS.put(FileFlags.COMPRESSED, "it is compressed (chattr +c); copy it to a plain file");
        UNSUPPORTED_FLAGS.put(FileFlags.DAX, "it is in DAX mode; clear it with chattr -x and remount");
        UNSUPPORTED_FLAGS.put(FileFlags.JOURNALED_DATA, "its data goes through the journal; clear it with chattr -j");
        UNSUPPORTED_FLAGS.put(FileFlags.IMMUTABLE, "it is immutable, so it can carry no grant; clear it with chattr -i");
    }

    private FileRules() {
    }

    static void check(final Descriptor file, final String path) throws IOException, DeniedException {
        checkFileSystem(file, path);
        checkFlags(FileFlags.of(file), path);
    }

    static void checkRegular(final Descriptor found, final String path) throws IOException, DeniedException {
        if (!found.stat().isRegularFile()) {
            throw new DeniedException(NOT_A_REGULAR_FILE, path + " is not a regular file; name a file");
        }
    }

    /** Everything here can change under an open file, by a remount. */
    static void checkFileSystem(final Descriptor file, final String path) throws IOException, DeniedException {
        final MountTable.Mount mount = MountTable.of(file);
        if (FileFlags.fileSystemMagic(file) != FileFlags.EXT4_MAGIC || !"ext4".equals(mount.fileSystemType())) {
            throw new DeniedException(UNSUPPORTED_FILE_SYSTEM,
                    path + " is on " + mount.fileSystemType() + "; only ext4 keeps blocks in place for an append-only file: move it to an ext4 disk");
        }
        if (mount.has("data=journal")) {
            throw unsupported(path, "its file system is mounted with data=journal; mount it with data=ordered");
        }
        if (mount.has("nobarrier")) {
            // Then fsync leaves the virtual disk's cache alone, and with it the tables that say where the image holds the bytes.
            throw new DeniedException(UNSUPPORTED_FILE_SYSTEM,
                    path + ": its file system is mounted with nobarrier (barrier=0), so fsync does not reach the disk; mount -o remount,barrier=1");
        }
        if (mount.has("dax") || mount.has("dax=always")) {
            throw unsupported(path, "its file system is mounted with dax; mount it without");
        }
    }

    private static void checkFlags(final int flags, final String path) throws DeniedException {
        for (final Map.Entry<Integer, String> rule : UNSUPPORTED_FLAGS.entrySet()) {
            if ((flags & rule.getKey()) != 0) {
                throw unsupported(path, rule.getValue());
            }
        }
        if ((flags & FileFlags.EXTENTS) == 0) {
            throw unsupported(path, "it has no extents (made by ext2 or ext3); convert it with chattr +e");
        }
    }

    private static DeniedException unsupported(final String path, final String why) {
        return new DeniedException(UNSUPPORTED_FILE, path + ": " + why);
    }
}
