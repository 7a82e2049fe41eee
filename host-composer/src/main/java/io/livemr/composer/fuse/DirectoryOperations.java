package io.livemr.composer.fuse;

import io.livemr.composer.file.ReadableFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * OPENDIR, READDIR and RELEASEDIR. A directory is listed as it was when it was opened, so entries neither repeat nor go missing while it is
 * read; the cookie of an entry is the place of the next one. {@code .at} itself is in no listing, like the snapshot folders of other
 * file systems: a program that walks the mount meets each file once.
 *
 * <p>READDIR is asked with a {@code fuse_read_in}, laid out in {@link FileOperations}.
 */
final class DirectoryOperations {

    private record Entry(long inode, int type, String name) { }

    private final Names names;
    private final HandleTable<List<Entry>> handles;

    DirectoryOperations(final Names names, final FuseSettings settings) {
        this.names = names;
        this.handles = new HandleTable<>(settings.maxHandles());
    }

    void open(final FuseRequest request, final ByteBuffer out) throws FuseErrorException {
        Replies.opened(out, handles.open(list(names.node(request.nodeId()))), 0);
    }

    private List<Entry> list(final Node node) throws FuseErrorException {
        if (node instanceof Node.File) {
            throw new FuseErrorException(Errno.ENOTDIR, "not a directory node=" + node);
        }
        final List<Entry> entries = new ArrayList<>();
        final long inode = Node.inodeOf(node, null);
        entries.add(new Entry(inode, Replies.TYPE_DIRECTORY, "."));
        entries.add(new Entry(node instanceof Node.Offset ? NodeTable.VIEWS_ID : NodeTable.ROOT_ID, Replies.TYPE_DIRECTORY, ".."));
        if (!(node instanceof Node.Views)) {
            addFiles(entries, node instanceof Node.Offset offset ? offset.offsetBytes() : 0);
        }
        return entries;
    }

    private void addFiles(final List<Entry> entries, final long offsetBytes) {
        names.list().stream()
            .filter(file -> file.lengthBytes() >= offsetBytes)
            .sorted(Comparator.comparing(ReadableFile::name))
            .map(file -> new Entry(Node.inodeOf(new Node.File(file.name(), offsetBytes), file), Replies.TYPE_FILE, file.name()))
            .forEach(entries::add);
    }

    void read(final FuseRequest request, final ByteBuffer out) throws FuseErrorException {
        final List<Entry> entries = handles.find(request.bodyLong(0));
        final long from = request.bodyLong(8);
        final int maxBytes = Math.min(Math.max(0, request.bodyInt(16)), out.capacity());
        // An end far below MAX_VALUE: the cookie of a hostile request may be any number.
        for (long next = Math.max(0, from); next < entries.size(); next++) {
            final Entry entry = entries.get((int) next);
            if (!Replies.directoryEntry(out, maxBytes, entry.inode, next + 1, entry.type, entry.name)) {
                return;
            }
        }
    }

    void release(final FuseRequest request) throws FuseErrorException {
        handles.release(request.bodyLong(0));
    }

    int openHandles() {
        return handles.size();
    }
}
