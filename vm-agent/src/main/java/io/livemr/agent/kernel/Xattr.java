package io.livemr.agent.kernel;

import java.util.Arrays;
import java.util.Optional;

/** Extended attributes of an open file. {@code trusted.*} needs CAP_SYS_ADMIN; none can change while the file is append-only. */
public final class Xattr {

    /** ext4 keeps a value in the inode or in one block. */
    private static final int LIMIT_BYTES = 64 * 1024;

    private Xattr() {
    }

    public static Optional<byte[]> get(final Descriptor file, final String name) throws KernelException {
        final byte[] value = new byte[LIMIT_BYTES];
        final long lengthBytes = Libc.fgetxattr(file.fd(), name, value, value.length);
        if (lengthBytes >= 0) {
            return Optional.of(Arrays.copyOf(value, (int) lengthBytes));
        }
        final KernelException failure = KernelException.last("fgetxattr", name);
        if (failure.is(KernelException.ENODATA)) {
            return Optional.empty();
        }
        throw failure;
    }

    public static void set(final Descriptor file, final String name, final byte[] value) throws KernelException {
        if (Libc.fsetxattr(file.fd(), name, value, value.length, 0) < 0) {
            throw KernelException.last("fsetxattr", name);
        }
    }

    /** Removes it if it is there. */
    public static void remove(final Descriptor file, final String name) throws KernelException {
        if (Libc.fremovexattr(file.fd(), name) < 0) {
            final KernelException failure = KernelException.last("fremovexattr", name);
            if (!failure.is(KernelException.ENODATA)) {
                throw failure;
            }
        }
    }
}
