package io.livemr.composer.fuse;

import io.livemr.composer.file.ReadRefusedException;
import io.livemr.composer.file.ReadableFile;
import java.nio.ByteBuffer;

/**
 * A composed file from byte {@code startBytes} on. Holds the file itself, not its name: once it is gone for others, its reads say
 * why (docs/protocol.md section 3.4).
 */
record OpenFile(ReadableFile file, long startBytes) {

    long lengthBytes() {
        return Math.max(0, file.lengthBytes() - startBytes);
    }

    /** Fills {@code destination} from {@code offsetBytes} of this view; it is left as it was when the read is refused. */
    void read(final ByteBuffer destination, final long offsetBytes) throws FuseErrorException {
        if (offsetBytes < 0 || offsetBytes > Long.MAX_VALUE - startBytes) {
            return; // past any possible end
        }
        final int before = destination.position();
        final int count = readOrRefuse(destination, startBytes + offsetBytes);
        if (destination.position() - before != Math.max(0, count)) {
            throw new IllegalStateException("read says count=" + count + " moved=" + (destination.position() - before));
        }
    }

    private int readOrRefuse(final ByteBuffer destination, final long offsetBytes) throws FuseErrorException {
        try {
            return file.read(destination, offsetBytes);
        } catch (final ReadRefusedException e) {
            throw new FuseErrorException(e.errno(), "file=" + file.name() + " reason=" + e.reason());
        }
    }

    /** Throws what a read would meet now. One byte is asked for, the first that a reader will want next. */
    void probe() throws FuseErrorException {
        read(ByteBuffer.allocate(1), 0);
    }
}
