package io.livemr.agent.pin;

import io.livemr.agent.denial.DeniedException;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.grant.GrantRecord;
import io.livemr.agent.grant.GrantStore;
import io.livemr.agent.kernel.KernelException;
import io.livemr.agent.map.MapWay;
import io.livemr.agent.route.MapRoute;
import io.livemr.agent.route.MapRoutes;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts files under their grant, as their way needs it: when it is given, after a start, and when the way has gone and a weaker
 * one is taken. Intent is on record before a file is touched. For the working thread.
 */
final class PinKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(PinKeeper.class);

    private final PinTable table;
    private final GrantStore store;
    private final GrowthWatch watch;
    private final MapRoutes routes;
    private final PinVerifier verifier;

    PinKeeper(
            final PinTable table, final GrantStore store, final GrowthWatch watch, final MapRoutes routes,
            final PinVerifier verifier) {
        this.table = table;
        this.store = store;
        this.watch = watch;
        this.routes = routes;
        this.verifier = verifier;
    }

    /** Pins a file that is granted for the first time; if that fails, it is as before. */
    PinnedFile pin(final GuestFile file, final GrantRecord record, final MapRoute route) throws IOException {
        try {
            return hold(file, record, route);
        } catch (final IOException e) {
            undo(file, record, e);
            throw e;
        }
    }

    /**
     * The file of an index entry, under its grant again, or null if it cannot be found: then it stays in the index, since its
     * disk may be mounted later. Its way is the one it went before; if that is gone with the kernel or the host, a weaker one.
     */
    PinnedFile restore(final GrantRecord record) throws IOException, DeniedException {
        final GuestFile file = verifier.find(record);
        if (file == null) {
            return null;
        }
        try {
            return restore(file, record, routes.again(file, record.way()));
        } catch (final IOException | DeniedException e) {
            file.close();
            throw e;
        }
    }

    private PinnedFile restore(final GuestFile file, final GrantRecord record, final MapRoute route) throws IOException {
        final boolean asBefore = record.pinned() && !needsPin(record.way(), route.way());
        return record.isRevoking() || asBefore
                ? keep(file, record, route) : hold(file, record.through(route.way()), route);
    }

    /** Takes the strongest way below the one that has gone. */
    void takeWeakerWay(final PinnedFile pinned) throws IOException, DeniedException {
        final MapRoute route = routes.below(pinned.file(), pinned.route().way());
        if (needsPin(pinned.record().way(), route.way())) {
            pinned.replace(pinOnRecord(pinned.file(), pinned.record().through(route.way())));
            pinned.replace(route, watchOf(pinned.file(), route));
            table.add(pinned);
        } else {
            pinned.replace(route, pinned.watch());
        }
        LOG.warn("another way from now on: path={} maps={}", pinned.record().path(), route.way().word());
    }

    private static boolean needsPin(final MapWay before, final MapWay now) {
        return now.pins() && !before.pins();
    }

    private PinnedFile hold(final GuestFile file, final GrantRecord record, final MapRoute route) throws IOException {
        final PinnedFile pinned = keep(file, pinOnRecord(file, record), route);
        LOG.info("pinned: path={} file={} maps={}", file.path(), file.id(), route.way().word());
        return pinned;
    }

    private GrantRecord pinOnRecord(final GuestFile file, final GrantRecord record) throws IOException {
        store.put(record);
        FailPoint.PIN_RECORDED.pass();
        Pinner.pin(file, record);
        FailPoint.PIN_SET.pass();
        store.put(record.asPinned());
        FailPoint.PIN_STORED.pass();
        return record.asPinned();
    }

    private PinnedFile keep(final GuestFile file, final GrantRecord record, final MapRoute route) throws IOException {
        final PinnedFile pinned = new PinnedFile(file, record, route, watchOf(file, route));
        table.add(pinned);
        return pinned;
    }

    private int watchOf(final GuestFile file, final MapRoute route) throws KernelException {
        return route.way().pins() ? watch.watch(file.descriptor()) : GrowthWatch.NONE;
    }

    private void undo(final GuestFile file, final GrantRecord record, final IOException cause) {
        try (file) {
            Pinner.unpin(file, record);
            store.remove(record.file());
        } catch (final IOException e) {
            cause.addSuppressed(e);
        }
    }
}
