package io.livemr.bench.growth;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The least that a NameNode's disk does for one growth: four records of its edit log, each on the disk before the next begins ({@code append},
 * {@code updateBlockForPipeline}, {@code updatePipeline}, {@code complete}; FSEditLog.logSync).
 */
final class EditLog implements Closeable {
    private static final int RECORDS = 4;
    private static final int RECORD_BYTES = 200;
    private static final int PREALLOCATED_BYTES = 1 << 20;   // as EditLogFileOutputStream does, so that a sync need not write the length

    private final FileChannel file;

    EditLog(final Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        file.write(ByteBuffer.allocate(PREALLOCATED_BYTES), 0);
        file.force(true);
        file.position(0);
    }

    double growthMillis() throws IOException {
        final long start = System.nanoTime();
        for (int i = 0; i < RECORDS; i++) {
            file.write(ByteBuffer.allocate(RECORD_BYTES));
            file.force(false);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
