package io.livemr.agent.map;

import io.livemr.extent.Extent;
import java.util.List;

/**
 * What is to be said of one file, in one go.
 *
 * @param whole       the receiver forgets first what it knew of the file
 * @param extents     in file order; all of them, or those that changed
 * @param lengthBytes the file's length; all bytes below it are on the virtual disk
 */
public record Announcement(long epoch, boolean whole, List<Extent> extents, long lengthBytes) {
}
