package io.livemr.composer.fuse;

import io.livemr.composer.file.ReadableFile;
import io.livemr.composer.file.ReadableFiles;
import java.util.Collection;
import java.util.regex.Pattern;

/** From names and node numbers to composed files, each time anew: what {@link ReadableFiles} does not have now is not there. */
final class Names {

    static final String VIEWS = ".at";

    /** Decimal without leading zeros, so that a view has one name only; whether it fits a long is seen on parsing. */
    private static final Pattern OFFSET = Pattern.compile("0|[1-9][0-9]{0,18}");

    private final ReadableFiles files;
    private final NodeTable nodes;

    Names(final ReadableFiles files, final NodeTable nodes) {
        this.files = files;
        this.nodes = nodes;
    }

    Node node(final long nodeId) throws FuseErrorException {
        return nodes.find(nodeId);
    }

    /** What {@code name} in {@code parent} stands for, if it is there now. */
    Node child(final Node parent, final String name) throws FuseErrorException {
        if (parent instanceof Node.Root) {
            return name.equals(VIEWS) ? new Node.Views() : present(new Node.File(name, 0));
        }
        if (parent instanceof Node.Views) {
            return new Node.Offset(parseOffset(name));
        }
        if (parent instanceof Node.Offset offset) {
            return present(new Node.File(name, offset.offsetBytes()));
        }
        throw new FuseErrorException(Errno.ENOTDIR, "not a directory node=" + parent);
    }

    private static long parseOffset(final String name) throws FuseErrorException {
        try {
            if (OFFSET.matcher(name).matches()) {
                return Long.parseLong(name);
            }
        } catch (final NumberFormatException e) {
            // 19 digits that do not fit; falls through
        }
        throw notThere(name);
    }

    private Node present(final Node.File node) throws FuseErrorException {
        open(node);
        return node;
    }

    OpenFile open(final long nodeId) throws FuseErrorException {
        if (node(nodeId) instanceof Node.File file) {
            return open(file);
        }
        throw new FuseErrorException(Errno.EISDIR, "not a file nodeId=" + nodeId);
    }

    OpenFile open(final Node.File node) throws FuseErrorException {
        final ReadableFile file = files.find(node.name()).orElse(null);
        if (file == null || node.offsetBytes() > file.lengthBytes()) {
            throw notThere(node.name());
        }
        return new OpenFile(file, node.offsetBytes());
    }

    Collection<ReadableFile> list() {
        return files.list();
    }

    private static FuseErrorException notThere(final String name) {
        return new FuseErrorException(Errno.ENOENT, "not there name=" + name);
    }
}
