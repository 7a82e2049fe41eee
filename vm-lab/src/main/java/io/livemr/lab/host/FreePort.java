package io.livemr.lab.host;

import io.livemr.lab.LabException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Looks for a TCP port of 127.0.0.1 that nobody listens on. Ports come from below Linux's ephemeral range (32,768…), so no
 * outgoing connection takes one by chance. It is free when found, not reserved: who uses it must be ready to try another.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int BEHIND_LAST = 32_000;
    private static final int TRIES = 100;

    private FreePort() { }

    public static int find() {
        for (int i = 0; i < TRIES; i++) {
            final int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND_LAST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new LabException("no free TCP port found between " + FIRST + " and " + BEHIND_LAST + " in " + TRIES + " tries");
    }

    private static boolean isFree(final int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (final IOException e) {
            return false;
        }
    }
}
