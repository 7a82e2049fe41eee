package io.livemr.hdfs.rpc;

import io.livemr.hdfs.link.ComposedName;

/**
 * "Grow this HDFS file as that composed file grows."
 *
 * @param inodeId of the HDFS file, so that it may be renamed meanwhile.
 * @param fileId of the composed file, see {@link ComposedName}.
 * @param blockSizeBytes where the HDFS file's blocks end.
 */
public record Follow(long inodeId, long fileId, long blockSizeBytes) {

    public String composedFile() {
        return ComposedName.nameOf(fileId);
    }

    /** The HDFS file's path, whatever its name is by now. */
    public String path() {
        return "/.reserved/.inodes/" + inodeId;
    }
}
