package io.livemr.agent.pin;

import io.livemr.extent.FileId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The granted files by identity and by inotify watch. For the working thread only. */
public final class PinTable {

    private final Map<FileId, PinnedFile> byId = new LinkedHashMap<>();
    private final Map<Integer, PinnedFile> byWatch = new HashMap<>();

    public PinnedFile get(final FileId id) {
        return byId.get(id);
    }

    PinnedFile ofWatch(final int watch) {
        return byWatch.get(watch);
    }

    /** A granted file by the path under which it was granted, or null. */
    public PinnedFile ofPath(final String path) {
        return byId.values().stream().filter(pinned -> pinned.record().path().equals(path)).findFirst().orElse(null);
    }

    /** A copy, so that files may go while it is walked. */
    public Collection<PinnedFile> all() {
        return List.copyOf(byId.values());
    }

    public int size() {
        return byId.size();
    }

    void add(final PinnedFile pinned) {
        byId.put(pinned.id(), pinned);
        if (pinned.watch() != GrowthWatch.NONE) {
            byWatch.put(pinned.watch(), pinned);
        }
    }

    void remove(final PinnedFile pinned) {
        byId.remove(pinned.id());
        byWatch.remove(pinned.watch());
    }
}
