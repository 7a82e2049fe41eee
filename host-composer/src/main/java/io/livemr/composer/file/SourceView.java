package io.livemr.composer.file;

import io.livemr.composer.grant.MapWay;
import io.livemr.composer.image.FileView;

/**
 * One source of a composed file at one moment.
 *
 * @param way         by which its records come; null if nothing is granted.
 * @param lengthBytes how much of it readers of the composed file were told of.
 */
public record SourceView(FileView view, MapWay way, long lengthBytes) {

    /** Whether bytes placed by {@code other} are as true as those placed by this. */
    public boolean continues(final SourceView other) {
        return view.fence() == other.view.fence() && view.disk() == other.view.disk();
    }
}
