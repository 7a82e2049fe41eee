package io.livemr.composer.image;

/**
 * What the patched QEMU of one VM has said, and what of it is in force here: the guards of that VM's files.
 *
 * <p>Bytes of a file whose records come through QEMU are good only if
 * <ol>
 * <li>the connection is the one of when the read began, and the page is QEMU's present one;
 * <li>{@code layout} is even and as it was: no cluster was freed or moved meanwhile;
 * <li>all of QEMU's {@code revocations} are taken in. Their number is set with {@link #takenIn} only after the views that they close were
 *     closed; so who finds it equal <em>and then</em> finds the view open has bytes from before any revocation.
 * </ol>
 * For a file whose records come in lines only the first two are asked, and only where QEMU has a page: a guest that pins its files needs no more.
 *
 * <p>The connection's thread says what happens on it; any thread may read or {@link #forget}.
 */
public final class QemuGuard {

    private static final String LOST = "map_channel_lost";
    private static final long NONE_YET = -1;

    /** One connection. */
    private static final class Connection {
        private final SharedPage page;
        private volatile boolean live = true;
        private volatile long takenIn = NONE_YET;

        Connection(final SharedPage page) {
            this.page = page;
        }
    }

    private volatile Connection connection;

    /** A connection begins, in which nothing was taken in yet. */
    public void begin(final SharedPage page) {
        connection = new Connection(page);
    }

    /**
     * All that QEMU counted up to this number is in force: the views that it closes are closed.
     *
     * @return whether that was of use: false if the connection was forgotten meanwhile.
     */
    public boolean takenIn(final long revocations) {
        final Connection now = connection;
        if (now != null) {
            now.takenIn = revocations;
        }
        return now != null;
    }

    /** The connection is over. The page is looked at until there is another: QEMU may go on without us. */
    public void end() {
        final Connection over = connection;
        if (over != null) {
            over.live = false;
        }
    }

    /** This VM's QEMU is no patched one, or does not run. */
    public void forget() {
        connection = null;
    }

    /** Whether records can come through QEMU. */
    public boolean isLive() {
        final Connection now = connection;
        return now != null && now.live;
    }

    /** Of a file whose records come through QEMU. */
    public MapGuard ofDisk() {
        return () -> {
            final Connection now = connection;
            return now == null ? () -> LOST : since(now, true);
        };
    }

    /** Of a file whose records come in lines of the agent. */
    public MapGuard ofLines() {
        return () -> {
            final Connection now = connection;
            return now == null ? () -> null : since(now, false);
        };
    }

    private MapGuard.Moment since(final Connection now, final boolean needsRevocations) {
        return now.page.isCurrent() ? new Since(now, now.page.layout(), needsRevocations) : () -> MapGuard.PAGE_REPLACED;
    }

    private final class Since implements MapGuard.Moment {
        private final Connection then;
        private final long layout;
        private final boolean needsRevocations;

        Since(final Connection then, final long layout, final boolean needsRevocations) {
            this.then = then;
            this.layout = layout;
            this.needsRevocations = needsRevocations;
        }

        @Override
        public String obstacle() {
            if (connection != then || needsRevocations && !then.live) {
                return LOST;
            }
            if (!then.page.isCurrent()) {
                return MapGuard.PAGE_REPLACED;
            }
            if ((layout & 1) != 0) {
                return MapGuard.LAYOUT_CHANGING;
            }
            if (then.page.layout() != layout) {
                return MapGuard.LAYOUT_CHANGED;
            }
            return needsRevocations && then.page.revocations() != then.takenIn ? MapGuard.REVOCATION_PENDING : null;
        }
    }
}
