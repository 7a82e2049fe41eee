package io.livemr.bench.ingest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Sends a file as long as it is now to a host, by sendfile: the quickest way out of a guest without KVM, which pays for each system call.
 *
 * <pre>  java SendFile FILE HOST PORT  </pre>
 */
final class SendFile {

    private SendFile() {
    }

    public static void main(final String[] args) throws IOException {
        try (FileChannel file = FileChannel.open(Path.of(args[0]));
                SocketChannel host = SocketChannel.open(new InetSocketAddress(args[1], Integer.parseInt(args[2])))) {
            final long length = file.size();
            for (long sent = 0; sent < length;) {
                sent += file.transferTo(sent, length - sent, host);
            }
        }
    }
}
