package io.livemr.composer.fuse;

import io.livemr.composer.file.ReadableFile;

/**
 * What a name in the mount stands for.
 *
 * <pre>
 *   /                    Root
 *   /livemr_…            File, offset 0
 *   /.at                 Views
 *   /.at/4096            Offset
 *   /.at/4096/livemr_…   File, offset 4096
 * </pre>
 *
 * A value: holds names, not files, so that a node the kernel still remembers says nothing about whether the file is still there.
 */
sealed interface Node {

    /** The mount point; node 1 by the kernel's word (FUSE_ROOT_ID). */
    record Root() implements Node { }

    /** {@code .at}: has a directory for every offset, and lists none. */
    record Views() implements Node { }

    /** {@code .at/OFFSET}. */
    record Offset(long offsetBytes) implements Node { }

    /** A composed file from byte {@code offsetBytes} on. */
    record File(String name, long offsetBytes) implements Node { }

    /** Inode number shown to programs: two nodes alive at one time share one only by a hash collision. */
    static long inodeOf(final Node node, final ReadableFile file) {
        if (node instanceof File f) {
            return f.offsetBytes() == 0 ? file.inode() : mix(file.inode(), f.offsetBytes());
        }
        if (node instanceof Offset o) {
            return mix(2, o.offsetBytes());
        }
        return node instanceof Root ? NodeTable.ROOT_ID : NodeTable.VIEWS_ID;
    }

    /** Finaliser of SplitMix64, sign bit cleared: inode numbers are shown as unsigned and parsed as signed. */
    private static long mix(final long inode, final long offsetBytes) {
        long z = inode + (offsetBytes + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) & Long.MAX_VALUE) | 4;
    }
}
