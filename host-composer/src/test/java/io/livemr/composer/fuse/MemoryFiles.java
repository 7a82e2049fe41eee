package io.livemr.composer.fuse;

import io.livemr.composer.file.ReadableFile;
import io.livemr.composer.file.ReadableFiles;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Files in memory, numbered from 1. */
final class MemoryFiles implements ReadableFiles {

    private final Map<String, MemoryFile> files = new ConcurrentHashMap<>();
    private final Random random;

    MemoryFiles(final Random random) {
        this.random = random;
    }

    MemoryFile add(final int capacityBytes) {
        final MemoryFile file = new MemoryFile(files.size() + 1, capacityBytes, random);
        files.put(file.name(), file);
        return file;
    }

    void remove(final MemoryFile file) {
        files.remove(file.name());
    }

    @Override
    public Optional<ReadableFile> find(final String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public Collection<ReadableFile> list() {
        return List.copyOf(files.values());
    }
}
