package io.livemr.composer.fuse;

import java.util.HashMap;
import java.util.Map;

/**
 * The nodes the kernel knows, by the number it calls them. A node lives from its first successful LOOKUP until the kernel has
 * forgotten it as often as it looked it up. Numbers are never used twice, so a late message cannot meet the wrong node.
 *
 * <p>Bounded: past the limit a LOOKUP of a new name gives {@code ENFILE} until the kernel forgets some (it does under memory
 * pressure, and {@code echo 2 > /proc/sys/vm/drop_caches} makes it). Safe to share between threads; nothing blocks under its lock.
 */
final class NodeTable {

    static final long ROOT_ID = 1;
    static final long VIEWS_ID = 2;

    private static final class Entry {
        private final long id;
        private final Node node;
        private long lookups;

        Entry(final long id, final Node node) {
            this.id = id;
            this.node = node;
        }
    }

    private final int maxNodes;
    private final Map<Long, Entry> byId = new HashMap<>();
    private final Map<Node, Entry> byNode = new HashMap<>();
    private long nextId = VIEWS_ID + 1;

    NodeTable(final int maxNodes) {
        this.maxNodes = maxNodes;
        addForEver(new Entry(ROOT_ID, new Node.Root()));
        addForEver(new Entry(VIEWS_ID, new Node.Views()));
    }

    private void addForEver(final Entry entry) {
        byId.put(entry.id, entry);
        byNode.put(entry.node, entry);
    }

    /** Counts one look-up of {@code node} and returns its number. */
    synchronized long lookUp(final Node node) throws FuseErrorException {
        Entry entry = byNode.get(node);
        if (entry == null) {
            entry = add(node);
        }
        entry.lookups++;
        return entry.id;
    }

    private Entry add(final Node node) throws FuseErrorException {
        if (byId.size() >= maxNodes) {
            throw new FuseErrorException(Errno.ENFILE, "node table full maxNodes=" + maxNodes);
        }
        final Entry entry = new Entry(nextId++, node);
        byId.put(entry.id, entry);
        byNode.put(node, entry);
        return entry;
    }

    /** Takes back {@code lookups} (unsigned) look-ups. A number nobody knows, or more than were counted, does no harm. */
    synchronized void forget(final long id, final long lookups) {
        final Entry entry = byId.get(id);
        if (entry == null || id <= VIEWS_ID) {
            return;
        }
        if (Long.compareUnsigned(lookups, entry.lookups) < 0) {
            entry.lookups -= lookups;
        } else {
            byId.remove(id);
            byNode.remove(entry.node);
        }
    }

    synchronized Node find(final long id) throws FuseErrorException {
        final Entry entry = byId.get(id);
        if (entry == null) {
            throw new FuseErrorException(Errno.ESTALE, "unknown node id=" + id);
        }
        return entry.node;
    }

    synchronized int size() {
        return byId.size();
    }
}
