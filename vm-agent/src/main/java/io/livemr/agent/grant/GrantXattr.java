package io.livemr.agent.grant;

import io.livemr.agent.file.GuestFile;
import io.livemr.agent.kernel.FileStat;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The value of {@code trusted.livemr}: who may read this very file, and until when.
 *
 * <pre>
 *  byte 0        4           8       16           20      24              32
 *       +--------+-----------+-------+------------+-------+---------------+----------
 *       | "LMR1" | owner uid | inode | generation | count | latest expiry | entries…
 *       +--------+-----------+-------+------------+-------+---------------+----------
 *  each entry:
 *       +-----------+------------------+-----------+
 *       | expiry u64| length bytes u16 | requester |   UTF-8
 *       +-----------+------------------+-----------+
 * </pre>
 *
 * Big-endian, unsigned; expiries are Unix seconds. The value is void on any file but the one it names, so a copy by
 * {@code cp -a} or a restored backup grants nothing (T6, T7). Layout: docs/protocol.md, section 7. Immutable.
 */
public record GrantXattr(long ownerUid, long inode, long generation, List<Entry> entries) {

    public static final String NAME = "trusted.livemr";

    private static final int MAGIC = 0x4C4D5231;
    private static final int HEADER_BYTES = 32;
    private static final int ENTRY_LIMIT = 1_024;

    /** One requester's yes. */
    public record Entry(String requester, long expiresAtSeconds) {
    }

    public GrantXattr {
        entries = List.copyOf(entries);
    }

    public static GrantXattr of(final GuestFile file, final List<Entry> entries) throws IOException {
        return new GrantXattr(
                file.stat().ownerUid(), file.id().inode(), file.id().generation(), entries);
    }

    public byte[] encode() {
        final int bytes = entries.stream().mapToInt(entry -> 10 + utf8(entry).length).sum();
        final ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + bytes);
        out.putInt(MAGIC).putInt((int) ownerUid).putLong(inode).putInt((int) generation)
                .putInt(entries.size()).putLong(latestExpirySeconds());
        entries.forEach(entry ->
                out.putLong(entry.expiresAtSeconds()).putShort((short) utf8(entry).length).put(utf8(entry)));
        return out.array();
    }

    /** Empty if the bytes are not a whole value of this layout. */
    public static Optional<GrantXattr> decode(final byte[] value) {
        final ByteBuffer in = ByteBuffer.wrap(value);
        try {
            return in.getInt() == MAGIC ? Optional.of(decodeRest(in)) : Optional.empty();
        } catch (final BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether this value, found on that file, grants anything at that time. */
    public boolean fits(final FileStat stat, final long fileGeneration, final long nowSeconds) {
        return ownerUid == stat.ownerUid() && inode == stat.inode() && generation == fileGeneration
                && latestExpirySeconds() > nowSeconds;
    }

    public long latestExpirySeconds() {
        return entries.stream().mapToLong(Entry::expiresAtSeconds).max().orElse(0);
    }

    private static GrantXattr decodeRest(final ByteBuffer in) {
        final long ownerUid = Integer.toUnsignedLong(in.getInt());
        final long inode = in.getLong();
        final long generation = Integer.toUnsignedLong(in.getInt());
        final int count = in.getInt();
        final long latest = in.getLong();
        require(count >= 0 && count <= ENTRY_LIMIT, "count=" + count);
        final List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry(in));
        }
        final GrantXattr value = new GrantXattr(ownerUid, inode, generation, entries);
        require(!in.hasRemaining() && latest == value.latestExpirySeconds(), "latest=" + latest);
        return value;
    }

    private static Entry entry(final ByteBuffer in) {
        final long expiry = in.getLong();
        final byte[] requester = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(requester);
        return new Entry(new String(requester, StandardCharsets.UTF_8), expiry);
    }

    private static void require(final boolean holds, final String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static byte[] utf8(final Entry entry) {
        return entry.requester().getBytes(StandardCharsets.UTF_8);
    }
}
