package io.livemr.composer.fuse;

import io.livemr.composer.file.ReadableFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Bodies of answers, as include/uapi/linux/fuse.h lays them out, in the machine's byte order.
 *
 * <pre>
 *  fuse_attr       0     8      16       24      32      40      48          60     64      68    72    76     80        84      88
 *                  +-----+------+--------+-------+-------+-------+-----------+------+-------+-----+-----+------+---------+-------+
 *                  | ino | size | blocks | atime | mtime | ctime | 3 × nanos | mode | nlink | uid | gid | rdev | blksize | flags |
 *                  +-----+------+--------+-------+-------+-------+-----------+------+-------+-----+-----+------+---------+-------+
 *  fuse_entry_out  | nodeid 8 | generation 8 | entry_valid 8 | attr_valid 8 | entry nanos 4 | attr nanos 4 | fuse_attr |
 *  fuse_attr_out   | attr_valid 8 | nanos 4 | dummy 4 | fuse_attr |
 *  fuse_open_out   | fh 8 | open_flags 4 | padding 4 |
 *  fuse_dirent     | ino 8 | off 8 | namelen 4 | type 4 | name, padded with zeros to a multiple of 8 |
 *  fuse_kstatfs    | blocks, bfree, bavail, files, ffree 8 each | bsize, namelen, frsize, padding 4 each | 6 × 4 spare |
 * </pre>
 *
 * Every time a name or attribute may be kept is 0: the kernel asks again each time, so a file that grew or went is seen at once.
 */
final class Replies {

    static final int TYPE_DIRECTORY = 4;
    static final int TYPE_FILE = 8;

    private static final int DIRECTORY_MODE = 0040550;
    private static final int FILE_MODE = 0100440;
    private static final int BLOCK_BYTES = 512;
    private static final int DIRENT_BYTES = 24;
    private static final int STATFS_SPARE_BYTES = 24;

    private Replies() {
    }

    static void entry(final ByteBuffer out, final long nodeId) {
        out.putLong(nodeId).putLong(0).putLong(0).putLong(0).putInt(0).putInt(0);
    }

    static void attributesValidity(final ByteBuffer out) {
        out.putLong(0).putInt(0).putInt(0);
    }

    static void directory(final ByteBuffer out, final long inode, final Instant modifiedAt, final int gid) {
        attributes(out, inode, 0, modifiedAt, DIRECTORY_MODE, 2, gid);
    }

    static void file(final ByteBuffer out, final long inode, final ReadableFile file, final long lengthBytes, final int gid) {
        attributes(out, inode, lengthBytes, file.modifiedAt(), FILE_MODE, 1, gid);
    }

    private static void attributes(
        final ByteBuffer out, final long inode, final long lengthBytes, final Instant time, final int mode, final int links, final int gid) {
        final long seconds = time.getEpochSecond();
        final int nanos = time.getNano();
        out.putLong(inode).putLong(lengthBytes).putLong(lengthBytes / BLOCK_BYTES + (lengthBytes % BLOCK_BYTES == 0 ? 0 : 1));
        out.putLong(seconds).putLong(seconds).putLong(seconds).putInt(nanos).putInt(nanos).putInt(nanos);
        out.putInt(mode).putInt(links).putInt(0).putInt(gid).putInt(0).putInt(FuseReply.PAGE_BYTES).putInt(0);
    }

    static void opened(final ByteBuffer out, final long handle, final int openFlags) {
        out.putLong(handle).putInt(openFlags).putInt(0);
    }

    /** Appends an entry, unless it would pass {@code maxBytes}. {@code next} is where a later READDIR goes on. */
    static boolean directoryEntry(
        final ByteBuffer out, final int maxBytes, final long inode, final long next, final int type, final String name) {
        final byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        final int padding = -nameBytes.length & 7;
        if (out.position() + DIRENT_BYTES + nameBytes.length + padding > maxBytes) {
            return false;
        }
        out.putLong(inode).putLong(next).putInt(nameBytes.length).putInt(type).put(nameBytes).put(new byte[padding]);
        return true;
    }

    /** The mount has no space of its own: full, and as many names as it has files. */
    static void statfs(final ByteBuffer out, final long blocks, final long files) {
        out.putLong(blocks).putLong(0).putLong(0).putLong(files).putLong(0);
        out.putInt(FuseReply.PAGE_BYTES).putInt(255).putInt(FuseReply.PAGE_BYTES).putInt(0).put(new byte[STATFS_SPARE_BYTES]);
    }
}
