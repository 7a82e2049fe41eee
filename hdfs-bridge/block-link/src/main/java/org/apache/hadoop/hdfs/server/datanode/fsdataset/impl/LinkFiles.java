package org.apache.hadoop.hdfs.server.datanode.fsdataset.impl;

import io.livemr.failpoint.FailPoint;
import io.livemr.hdfs.link.Link;
import io.livemr.hdfs.link.LinkCodec;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The two files of a link replica on a DataNode's disk, written in an order that any crash leaves readable: the record
 * first (it may be longer than the block), then the placeholder, whose length is the block's, then the old record goes.
 */
final class LinkFiles {

    private LinkFiles() {
    }

    /** @param oldMeta the record under the previous generation stamp, or null. */
    static void write(LinkReplica replica, Link link, File oldMeta, boolean sync) throws IOException {
        writeRecord(replica.getMetaFile().toPath(), link, sync);
        FailPoint.LINK_RECORDED.passOrFail();
        writePlaceholder(replica);
        FailPoint.LINK_PLACED.passOrFail();
        if (oldMeta != null && !oldMeta.equals(replica.getMetaFile())) {
            Files.deleteIfExists(oldMeta.toPath());
        }
    }

    /** Makes again what someone deleted under a running DataNode. */
    static void restore(LinkReplica replica, boolean sync) throws IOException {
        if (!replica.metadataExists()) {
            writeRecord(replica.getMetaFile().toPath(), replica.link(), sync);
        }
        if (!replica.blockDataExists()) {
            writePlaceholder(replica);
        }
    }

    private static void writeRecord(Path meta, Link link, boolean sync) throws IOException {
        Files.createDirectories(meta.getParent());
        final Path unfinished = meta.resolveSibling("livemr_" + meta.getFileName() + ".tmp");
        try (FileChannel out = FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write(ByteBuffer.wrap(LinkCodec.encode(link)));
            if (sync) {
                out.force(true);
            }
        }
        Files.move(unfinished, meta, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writePlaceholder(LinkReplica replica) throws IOException {
        try (RandomAccessFile placeholder = new RandomAccessFile(replica.getBlockFile(), "rw")) {
            placeholder.setLength(replica.getNumBytes());
        }
    }
}
