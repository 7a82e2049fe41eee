package io.livemr.composer.qemu;

import io.livemr.composer.image.QemuGuard;
import io.livemr.composer.image.SharedPage;
import io.livemr.composer.link.Redial;
import io.livemr.composer.metrics.ComposerMetrics;
import io.livemr.composer.vm.MapChannel;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The map channel of one VM over all its connections. When one is over, no file whose records come through it is served until it was announced again
 * through the next. Safe to share between threads.
 */
public final class MapLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MapLink.class);

    private final MapOwner owner;
    private final QemuGuard guard;
    private final ComposerMetrics metrics;
    private final Redial<MapChannel> redial;

    public MapLink(final String vmName, final MapOwner owner, final QemuGuard guard, final ComposerMetrics metrics) {
        this.owner = owner;
        this.guard = guard;
        this.metrics = metrics;
        this.redial = new Redial<>("maps-" + vmName, this::talk);
    }

    /** Where QEMU is from the next connection on; null: there is none that hands on maps. */
    public void to(final MapChannel channel) {
        redial.to(channel);
    }

    private boolean talk(final MapChannel channel) {
        MapSession session = null;
        try {
            // Before connecting: see MapSession.begin().
            final SharedPage page = SharedPage.open(channel.page());
            try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(channel.socket()))) {
                session = new MapSession(owner, guard, page, socket, metrics);
                session.run();
            }
        } catch (final RejectedRecordException e) {
            metrics.rejected(owner.name(), e.reason().tag(), e.getMessage());
        } catch (final IOException | UnsupportedOperationException e) {
            LOG.debug("map channel of {} over: {}", owner.name(), e.getMessage());
        } finally {
            over(session);
        }
        return session != null && session.answered();
    }

    private void over(final MapSession session) {
        if (session != null && session.answered()) {
            LOG.info("map channel lost vm={}", owner.name());
            guard.end();
            metrics.mapChannelConnected(owner.name(), false);
            owner.grants().distrustDisks();
        }
    }

    @Override
    public void close() {
        redial.close();
    }
}
