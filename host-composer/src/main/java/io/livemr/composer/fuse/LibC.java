package io.livemr.composer.fuse;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** The system calls that Java has no word for. Buffers are given as addresses: JNA then passes nothing but numbers. */
final class LibC {

    static final int O_RDWR = 2;
    static final int O_CLOEXEC = 0x80000;

    static final long MS_RDONLY = 1;
    static final long MS_NOSUID = 2;
    static final long MS_NODEV = 4;
    static final long MS_NOEXEC = 8;

    static final int MNT_FORCE = 1;
    static final int MNT_DETACH = 2;

    static final int F_OK = 0;

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {
    }

    /** Of the buffer's first byte, whatever its position; good as long as the buffer is held. */
    static long addressOf(final ByteBuffer buffer) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    }

    static native int open(String path, int flags) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;

    static native long read(int descriptor, long address, NativeLong lengthBytes) throws LastErrorException;

    static native long write(int descriptor, long address, NativeLong lengthBytes) throws LastErrorException;

    static native int access(String path, int mode) throws LastErrorException;

    static native int mount(String source, String target, String type, NativeLong flags, String data) throws LastErrorException;

    static native int umount2(String target, int flags) throws LastErrorException;
}
