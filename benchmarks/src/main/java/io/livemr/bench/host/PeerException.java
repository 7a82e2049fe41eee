package io.livemr.bench.host;

/** A peer could not do its work here: it is left out, and the benchmark goes on. */
public final class PeerException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The peer's part. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private PeerException(final Exception cause) {
        super(cause.getMessage(), cause);
    }

    /** Does what only the peer is answerable for. An interrupt is no failure of it. */
    public static void guard(final Work work) throws PeerException, InterruptedException {
        try {
            work.run();
        } catch (final InterruptedException e) {
            throw e;
        } catch (final Exception e) {
            throw new PeerException(e);
        }
    }
}
