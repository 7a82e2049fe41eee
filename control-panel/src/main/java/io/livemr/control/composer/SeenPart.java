package io.livemr.control.composer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A composer's list without what the caller may not see: fetched whole, in parts, since the composer knows nothing of projects.
 *
 * @param lister gives the whole list.
 * @param seen   whether an entry is there, for the caller.
 */
record SeenPart<T>(JointLists.Lister<T> lister, Predicate<T> seen) implements JointLists.Lister<T> {

    private static final long FETCHED_AT_ONCE = 1_000;

    @Override
    public Part<T> list(final ComposerClient composer, final long offset, final long limit) throws ComposerException, ComposerUnreachableException {
        final List<T> visible = new ArrayList<>();
        long fetched = 0;
        Part<T> part;
        do {
            part = lister.list(composer, fetched, FETCHED_AT_ONCE);
            part.items().stream().filter(seen).forEach(visible::add);
            fetched += FETCHED_AT_ONCE;
        } while (fetched < part.total());
        return new Part<>(visible.stream().skip(offset).limit(limit).toList(), visible.size());
    }
}
