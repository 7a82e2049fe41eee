package io.livemr.agent.route;

import io.livemr.agent.denial.DenialReason;
import io.livemr.agent.denial.DeniedException;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.loop.WorkLoop;
import io.livemr.agent.map.MapWay;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which way a file's map goes: the strongest that is there for this file, or the one that the administrator chose. Asks disk and
 * kernel each time, so it follows the VM to another host.
 */
public final class MapRoutes {

    public static final String AUTO = "auto";

    private static final Logger LOG = LoggerFactory.getLogger(MapRoutes.class);

    private final List<MapRoute> strongestFirst;
    private final MapWay only;

    /**
     * @param choice {@code auto}, or the word of the only way that is allowed.
     * @throws IllegalArgumentException if it is none of them.
     */
    public MapRoutes(final String choice, final KernelMaps kernel, final MapCommand command, final WorkLoop loop) {
        only = only(choice);
        final DiskRoute disk = new DiskRoute(command);
        strongestFirst = List.of(new KernelRoute(kernel, disk, loop), disk, new ChannelRoute());
    }

    private static MapWay only(final String choice) {
        try {
            return choice.equals(AUTO) ? null : MapWay.of(choice);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("--maps=" + choice + " is none of auto, channel, disk, kernel", e);
        }
    }

    /** For a new grant. @throws DeniedException if the only way allowed is not there, by name. */
    public MapRoute choose(final GuestFile file) throws DeniedException {
        return strongest(file, way -> only == null || way == only);
    }

    /**
     * For a file that is granted already. What was pinned stays so, on the stronger of the two ways that need it; what ext4 kept
     * in place is left to it, or pinned if this kernel cannot.
     */
    public MapRoute again(final GuestFile file, final MapWay before) throws DeniedException {
        return strongest(file, way -> way.pins() ? only == null || way.compareTo(only) <= 0 : way == before);
    }

    /** For a file whose way has gone. */
    public MapRoute below(final GuestFile file, final MapWay gone) throws DeniedException {
        return strongest(file, way -> way.compareTo(gone) < 0 && (only == null || way == only));
    }

    private MapRoute strongest(final GuestFile file, final Predicate<MapWay> allowed) throws DeniedException {
        String why = "there is no other";
        for (final MapRoute route : strongestFirst) {
            if (allowed.test(route.way())) {
                try {
                    route.check(file);
                    return route;
                } catch (final IOException e) {
                    LOG.debug("not this way: path={} maps={} because={}", file.path(), route.way().word(), e.getMessage());
                    why = e.getMessage();
                }
            }
        }
        throw new DeniedException(DenialReason.UNSUPPORTED_LAYOUT, file.path() + ": --maps=" + only.word()
                + " is not there: " + why + "; start the agent with --maps=auto");
    }
}
