package io.livemr.control.driver;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What a driver says, as it goes over the connection: pieces of output, each {@code int length, bytes}, and in the end
 * {@code int 0, int exit code}. The reader trusts no length: a job's code runs as the same user as the sender. For many threads.
 */
final class DriverOutput {

    private static final int PIECE_BYTES = 64 * 1024;

    private final DataOutputStream out;

    DriverOutput(final DataOutputStream out) {
        this.out = out;
    }

    void copy(final InputStream output) throws IOException {
        final byte[] piece = new byte[PIECE_BYTES];
        for (int n = output.read(piece); n >= 0; n = output.read(piece)) {
            send(piece, n);
        }
    }

    synchronized void end(final int exitCode) throws IOException {
        out.writeInt(0);
        out.writeInt(exitCode);
        out.flush();
    }

    private synchronized void send(final byte[] piece, final int count) throws IOException {
        out.writeInt(count);
        out.write(piece, 0, count);
        out.flush();
    }

    /** @return the exit code, when all output is in {@code to} and the connection has ended: systemd keeps it while anything of a driver runs. */
    static int receive(final DataInputStream in, final OutputStream to) throws IOException {
        final byte[] piece = new byte[PIECE_BYTES];
        for (int length = in.readInt(); length != 0; length = in.readInt()) {
            if (length < 0 || length > PIECE_BYTES) {
                throw new IOException("length=" + length + " of a piece of output, limit=" + PIECE_BYTES);
            }
            in.readFully(piece, 0, length);
            to.write(piece, 0, length);
            to.flush();
        }
        final int exitCode = in.readInt();
        if (in.read() >= 0) {
            throw new IOException("more after the exit code");
        }
        return exitCode;
    }
}
