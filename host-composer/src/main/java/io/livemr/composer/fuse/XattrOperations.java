package io.livemr.composer.fuse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * GETXATTR and LISTXATTR.
 *
 * <pre>
 *  fuse_getxattr_in   | size 4 | padding 4 | name, NUL (GETXATTR only) |
 *  fuse_getxattr_out  | size 4 | padding 4 |      when asked with size 0: how much there would be
 *                     else the value, or the names, each ended by NUL
 * </pre>
 */
final class XattrOperations {

    private static final int NAME_AT = 8;

    private final Names names;

    XattrOperations(final Names names) {
        this.names = names;
    }

    void get(final FuseRequest request, final ByteBuffer out) throws FuseErrorException {
        final String name = request.bodyName(NAME_AT);
        final String value = attributes(request).get(name);
        if (value == null) {
            throw new FuseErrorException(Errno.ENODATA, "no attribute name=" + name);
        }
        answer(request.bodyInt(0), value.getBytes(StandardCharsets.UTF_8), out);
    }

    void list(final FuseRequest request, final ByteBuffer out) throws FuseErrorException {
        final StringBuilder list = new StringBuilder();
        attributes(request).keySet().stream().sorted().forEach(name -> list.append(name).append('\0'));
        answer(request.bodyInt(0), list.toString().getBytes(StandardCharsets.UTF_8), out);
    }

    /** Directories have none. */
    private Map<String, String> attributes(final FuseRequest request) throws FuseErrorException {
        return names.node(request.nodeId()) instanceof Node.File file ? names.open(file).file().attributes() : Map.of();
    }

    private static void answer(final int sizeBytes, final byte[] value, final ByteBuffer out) throws FuseErrorException {
        if (sizeBytes == 0) {
            out.putInt(value.length).putInt(0);
        } else if (Integer.compareUnsigned(sizeBytes, value.length) < 0 || value.length > out.remaining()) {
            throw new FuseErrorException(Errno.ERANGE, "attribute lengthBytes=" + value.length + " roomBytes=" + sizeBytes);
        } else {
            out.put(value);
        }
    }
}
