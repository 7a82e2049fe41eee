package io.livemr.composer.image;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The page in which a patched QEMU counts, mapped: a look at it is two loads.
 *
 * <pre>
 *  byte 0        4         8              16             24
 *       +--------+---------+--------------+--------------+-----
 *       | "LMRG" | 1 (u32) | layout (u64) | revocations  | 0…       4,096 bytes, native byte order
 *       +--------+---------+--------------+--------------+-----
 * </pre>
 *
 * QEMU alone writes it; the guest cannot reach it. {@link #isCurrent} is to be asked before each look: a load of a page whose file was
 * truncated gives anything, and the JDK then throws an {@link InternalError} in that thread.
 *
 * <p>Layout: docs/protocol.md, section 9. Safe to share between threads; unmapped when nobody refers to it any more.
 */
public final class SharedPage {

    private static final int PAGE_BYTES = 4_096;
    private static final int VERSION = 1;
    private static final int MAGIC_AT = 0;
    private static final int VERSION_AT = 4;
    private static final int LAYOUT_AT = 8;
    private static final int REVOCATIONS_AT = 16;
    private static final byte[] MAGIC = {'L', 'M', 'R', 'G'};
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Path path;
    private final Object identity;
    private final MappedByteBuffer page;

    private SharedPage(final Path path, final Object identity, final MappedByteBuffer page) {
        this.path = path;
        this.identity = identity;
        this.page = page;
    }

    /** @throws IOException if it is not there, or is no such page. */
    public static SharedPage open(final Path path) throws IOException {
        final Object identity = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            if (file.size() < PAGE_BYTES) {
                throw new IOException("no shared page: path=" + path + " bytes=" + file.size());
            }
            final SharedPage opened = new SharedPage(path, identity, file.map(MapMode.READ_ONLY, 0, PAGE_BYTES));
            opened.requireOurs();
            return opened;
        }
    }

    private void requireOurs() throws IOException {
        final byte[] magic = new byte[MAGIC.length];
        page.get(MAGIC_AT, magic);
        final int version = page.duplicate().order(ByteOrder.nativeOrder()).getInt(VERSION_AT);
        if (!ByteBuffer.wrap(magic).equals(ByteBuffer.wrap(MAGIC)) || version != VERSION) {
            throw new IOException("no shared page of version " + VERSION + ": path=" + path + " version=" + version);
        }
        if (!isCurrent()) {
            throw new IOException("shared page was replaced while it was opened: path=" + path);
        }
    }

    /** Odd while clusters are freed or moved; higher after that. */
    public long layout() {
        return load(LAYOUT_AT);
    }

    /** How often QEMU has said that maps are void. */
    public long revocations() {
        return load(REVOCATIONS_AT);
    }

    private long load(final int offset) {
        return (long) LONG.getAcquire(page, offset);
    }

    /** Whether this is the page at its path still, and whole: QEMU makes a new one when it starts. */
    public boolean isCurrent() {
        try {
            final BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return now.fileKey().equals(identity) && now.size() >= PAGE_BYTES;
        } catch (final IOException gone) {
            return false;
        }
    }
}
