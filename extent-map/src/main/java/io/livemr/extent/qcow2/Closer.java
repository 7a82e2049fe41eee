package io.livemr.extent.qcow2;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened, last first, unless it is kept. Not for two threads at once. */
final class Closer implements Closeable {

    private final Deque<Closeable> opened = new ArrayDeque<>();

    <T extends Closeable> T add(final T resource) {
        opened.push(resource);
        return resource;
    }

    /** Nothing is to be closed any more: {@code owner} has taken it over. */
    <T> T keptBy(final T owner) {
        opened.clear();
        return owner;
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (final IOException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
