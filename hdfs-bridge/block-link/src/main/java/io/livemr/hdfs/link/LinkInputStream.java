package io.livemr.hdfs.link;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A link as the stream that a DataNode reads a block from, ending at the block's length.
 *
 * <p>It is a FileInputStream only in type: {@code BlockSender} sends large packets through {@link #getChannel} for that
 * type alone, and 4 KiB ones for every other. Its own descriptor is {@code /dev/null}: the DataNode gives read-ahead
 * advice to it, and a short-circuit client, were it ever given the descriptor, would find no bytes and no way past the
 * link's end.
 */
public final class LinkInputStream extends FileInputStream {

    private static final File NOTHING = new File("/dev/null");

    private final LinkChannel channel;

    private LinkInputStream(LinkChannel channel) throws IOException {
        super(NOTHING);
        this.channel = channel;
    }

    /**
     * @param seek first byte wanted, counted from the block's start.
     * @throws LinkUnreadableException if its first byte cannot be read now; asked here, because an error at the opening
     *     reaches the client with its message, and one in the middle only as an end of stream.
     */
    public static LinkInputStream open(ComposedMount mount, Link link, long seek) throws IOException {
        final LinkChannel channel = new LinkChannel(mount, link, seek);
        try {
            if (seek < link.lengthBytes()) {
                channel.read(ByteBuffer.allocate(1), seek);
            }
            return new LinkInputStream(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        final byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes) throws IOException {
        return read(bytes, 0, bytes.length);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public long skip(long count) {
        final long skipped = Math.max(0, Math.min(count, channel.size() - channel.position()));
        channel.position(channel.position() + skipped);
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, channel.size() - channel.position());
    }

    @Override
    public FileChannel getChannel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        super.close();
    }
}
