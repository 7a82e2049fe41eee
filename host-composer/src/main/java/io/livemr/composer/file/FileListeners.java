package io.livemr.composer.file;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells many what is told of composed files. Safe to share between threads. */
final class FileListeners implements FileEvents {

    private static final Logger LOG = LoggerFactory.getLogger(FileListeners.class);

    private final List<FileEvents> listeners = new CopyOnWriteArrayList<>();

    void add(final FileEvents listener) {
        listeners.add(listener);
    }

    void remove(final FileEvents listener) {
        listeners.remove(listener);
    }

    @Override
    public void state(final String name, final FileState state, final String reason) {
        LOG.info("file name={} state={} reason={}", name, state, reason);
        listeners.forEach(listener -> listener.state(name, state, reason));
    }

    @Override
    public void grew(final String name, final long lengthBytes) {
        listeners.forEach(listener -> listener.grew(name, lengthBytes));
    }

    @Override
    public void removed(final String name) {
        listeners.forEach(listener -> listener.removed(name));
    }
}
