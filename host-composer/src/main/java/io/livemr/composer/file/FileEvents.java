package io.livemr.composer.file;

/** Hears of composed files. Called under the file's lock, in order for each file: must be quick and never block. */
public interface FileEvents {

    void state(String name, FileState state, String reason);

    /** The length is another one; smaller than before where the last source was truncated. */
    void grew(String name, long lengthBytes);

    void removed(String name);
}
