package io.livemr.composer.image;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A shared page as QEMU writes it. */
final class TestPage {

    static final int LAYOUT = 8;
    static final int REVOCATIONS = 16;
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Path path;
    private final ByteBuffer bytes;

    private TestPage(final Path path, final ByteBuffer bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    static TestPage at(final Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer bytes = file.map(MapMode.READ_WRITE, 0, 4_096).order(ByteOrder.nativeOrder());
            return new TestPage(path, bytes.put(0, "LMRG".getBytes(StandardCharsets.US_ASCII)).putInt(4, 1));
        }
    }

    SharedPage opened() throws IOException {
        return SharedPage.open(path);
    }

    long at(final int counter) {
        return (long) LONG.getVolatile(bytes, counter);
    }

    void count(final int counter, final long more) {
        LONG.setVolatile(bytes, counter, at(counter) + more);
    }
}
