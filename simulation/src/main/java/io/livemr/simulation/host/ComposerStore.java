package io.livemr.simulation.host;

import io.livemr.extent.FileId;
import io.livemr.simulation.guest.GuestFile;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a composer has on its disk: which files are composed, and which identity was granted for each. For one thread. */
public final class ComposerStore {

    private final Map<Long, GuestFile> wanted = new LinkedHashMap<>();
    private final Map<Long, FileId> ids = new HashMap<>();

    void want(final GuestFile file) {
        wanted.put(file.path(), file);
    }

    List<GuestFile> wanted() {
        return List.copyOf(wanted.values());
    }

    /** Null before it was granted. */
    FileId idOf(final GuestFile file) {
        return ids.get(file.path());
    }

    /** Gives the file that is wanted under the path, or null. */
    GuestFile granted(final long path, final FileId id) {
        ids.put(path, id);
        return wanted.get(path);
    }

    GuestFile forget(final long path) {
        ids.remove(path);
        return wanted.remove(path);
    }
}
