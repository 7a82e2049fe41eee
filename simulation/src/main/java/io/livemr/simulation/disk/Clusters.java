package io.livemr.simulation.disk;

import io.livemr.simulation.schedule.Chance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which cluster of an image file holds which cluster of the guest's disk, in QEMU's memory and, as of the last flush, in the file; 0 is none.
 * A cluster that is freed is often given to whoever asks next, so that bytes change their owner soon.
 */
final class Clusters {

    private final Chance chance;
    private final int firstHost;
    private final int hostClusters;
    private final int[] inFile;
    private final Set<Integer> ofSnapshot = new TreeSet<>();
    private final List<Set<Integer>> left = new ArrayList<>();
    private int[] table;
    private int lastFreed;

    Clusters(final Chance chance, final int guestClusters, final int firstHost, final int hostClusters) {
        this.chance = chance;
        this.firstHost = firstHost;
        this.hostClusters = hostClusters;
        this.table = new int[guestClusters];
        this.inFile = new int[guestClusters];
        for (int guest = 0; guest < guestClusters; guest++) {
            left.add(new TreeSet<>());
        }
    }

    int host(final int guest) {
        return table[guest];
    }

    int size() {
        return table.length;
    }

    boolean isShared(final int guest) {
        return ofSnapshot.contains(table[guest]);
    }

    /** Puts a guest cluster on a free one, which is returned. */
    int place(final int guest) {
        return place(guest, free());
    }

    /** The same, on one where it never was before, if there is one. */
    int placeAnew(final int guest) {
        final List<Integer> free = free();
        final List<Integer> unknown = free.stream().filter(host -> !left.get(guest).contains(host)).toList();
        return place(guest, unknown.isEmpty() ? free : unknown);
    }

    private int place(final int guest, final List<Integer> free) {
        final int host = free.contains(lastFreed) && chance.percent(50) ? lastFreed : chance.oneOf(free);
        free(guest);
        table[guest] = host;
        return host;
    }

    void free(final int guest) {
        lastFreed = table[guest];
        left.get(guest).add(table[guest]);
        table[guest] = 0;
    }

    private List<Integer> free() {
        final List<Integer> free = new ArrayList<>();
        for (int host = firstHost; host < hostClusters; host++) {
            final int wanted = host;
            if (!ofSnapshot.contains(host) && Arrays.stream(table).noneMatch(used -> used == wanted)) {
                free.add(host);
            }
        }
        return free;
    }

    boolean hasSnapshot() {
        return !ofSnapshot.isEmpty();
    }

    void takeSnapshot() {
        Arrays.stream(table).filter(host -> host != 0).forEach(ofSnapshot::add);
    }

    void deleteSnapshot() {
        lastFreed = chance.oneOf(List.copyOf(ofSnapshot));
        ofSnapshot.clear();
    }

    boolean differs(final int guest) {
        return inFile[guest] != table[guest];
    }

    void written(final int guest) {
        inFile[guest] = table[guest];
    }

    /** What was in memory alone is lost. */
    void revert() {
        table = inFile.clone();
    }
}
