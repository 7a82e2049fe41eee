package io.livemr.composer.fuse;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One open {@code /dev/fuse} and the mount it serves. Each read takes one whole request, each write gives one whole answer; the
 * kernel hands a request to one reader only, so any number of threads may share the device.
 */
final class FuseDevice implements AutoCloseable {

    /** Type as mountinfo shows it; by it a leftover is known to be ours. */
    static final String TYPE = "fuse.livemr";

    private static final String DEVICE = "/dev/fuse";
    private static final long FLAGS = LibC.MS_RDONLY | LibC.MS_NOSUID | LibC.MS_NODEV | LibC.MS_NOEXEC;

    private static final NativeLong REQUEST_BYTES = new NativeLong(FuseRequest.CAPACITY_BYTES);

    private final int descriptor;

    private FuseDevice(final int descriptor) {
        this.descriptor = descriptor;
    }

    static FuseDevice open() throws IOException {
        try {
            // Close-on-exec: a child that kept the device open would keep a dead composer's readers waiting for ever.
            return new FuseDevice(LibC.open(DEVICE, LibC.O_RDWR | LibC.O_CLOEXEC));
        } catch (final LastErrorException e) {
            throw new IOException("cannot open " + DEVICE + " errno=" + e.getErrorCode() + "; the kernel needs CONFIG_FUSE_FS, and root", e);
        }
    }

    void mountAt(final Path mountPoint, final boolean allowOther, final int requestPages) throws IOException {
        final String options = "fd=" + descriptor + ",rootmode=40000,user_id=0,group_id=0,default_permissions,max_read="
            + requestPages * FuseReply.PAGE_BYTES + (allowOther ? ",allow_other" : "");
        try {
            LibC.mount("livemr", mountPoint.toString(), TYPE, new NativeLong(FLAGS), options);
        } catch (final LastErrorException e) {
            throw new IOException("cannot mount path=" + mountPoint + " errno=" + e.getErrorCode() + "; mounting needs root", e);
        }
    }

    /**
     * Waits for the next request.
     *
     * @return its length in bytes, or −1 when the mount is gone
     */
    int read(final FuseRequest request) throws IOException {
        while (true) {
            try {
                return (int) LibC.read(descriptor, request.address(), REQUEST_BYTES);
            } catch (final LastErrorException e) {
                switch (e.getErrorCode()) {
                    case Errno.ENODEV, Errno.ECONNABORTED -> {
                        return -1;
                    }
                    // ENOENT: the asker left while the request was on its way. EINTR, EAGAIN: try again.
                    case Errno.ENOENT, Errno.EINTR, Errno.EAGAIN -> { }
                    default -> throw new IOException("cannot read " + DEVICE + " errno=" + e.getErrorCode(), e);
                }
            }
        }
    }

    /**
     * Sends an answer.
     *
     * @return false when nobody waits for it any more: it was answered before, or the mount is gone
     */
    boolean write(final FuseReply reply) throws IOException {
        try {
            LibC.write(descriptor, reply.address(), new NativeLong(reply.bytes().remaining()));
            return true;
        } catch (final LastErrorException e) {
            return switch (e.getErrorCode()) {
                case Errno.ENOENT, Errno.ENODEV, Errno.ECONNABORTED -> false;
                default -> throw new IOException("cannot write " + DEVICE + " errno=" + e.getErrorCode(), e);
            };
        }
    }

    @Override
    public void close() {
        LibC.close(descriptor);
    }
}
