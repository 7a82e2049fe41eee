package io.livemr.hdfs.link;

/**
 * Where the bytes of one HDFS block are: a range of one composed file, in bytes.
 *
 * <p>A link says nothing about which VM or disk the bytes are on; that is the composer's to know. Immutable.
 *
 * @param fileId see {@link ComposedName}.
 */
public record Link(long fileId, long offset, long lengthBytes) {

    public Link {
        if (offset < 0 || lengthBytes < 0 || lengthBytes > Long.MAX_VALUE - offset) {
            throw new IllegalArgumentException("bad link: offset=" + offset + " lengthBytes=" + lengthBytes);
        }
    }

    public static Link of(String composedFile, long offset, long lengthBytes) {
        return new Link(ComposedName.idOf(composedFile), offset, lengthBytes);
    }

    public String fileName() {
        return ComposedName.nameOf(fileId);
    }

    /** First byte of the composed file after this range. */
    public long end() {
        return offset + lengthBytes;
    }

    /** The same start with another length. */
    public Link withLength(long newLengthBytes) {
        return new Link(fileId, offset, newLengthBytes);
    }

    /** Does {@code other} begin at the same byte of the same file? Only such a link may replace this one. */
    public boolean startsLike(Link other) {
        return fileId == other.fileId && offset == other.offset;
    }

    @Override
    public String toString() {
        return fileName() + "[" + offset + "+" + lengthBytes + "]";
    }
}
