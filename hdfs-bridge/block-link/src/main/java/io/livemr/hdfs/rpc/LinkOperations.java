package io.livemr.hdfs.rpc;

import io.livemr.hdfs.link.Link;
import java.io.IOException;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;

/** What one DataNode's plug-in does for a client (docs/protocol.md, section 6). Each may be repeated without harm. */
public interface LinkOperations {

    /** Makes a block that the NameNode has allocated a link, and tells the NameNode that it is there. */
    void touchBlock(ExtendedBlock block, String storageId, Link link) throws IOException;

    /**
     * The link is longer now, under the block's new generation stamp. With the present stamp and length it changes
     * nothing, and fails if the block is not that link.
     */
    void growBlock(ExtendedBlock block, Link link) throws IOException;

    /** Tells the NameNode of a grown block, once it has the new generation stamp. */
    void reportBlock(ExtendedBlock block, String storageId) throws IOException;

    void follow(Follow follow) throws IOException;

    void unfollow(long inodeId) throws IOException;

    /** The composed file's length as this DataNode sees it, in bytes; an error if it sees no such file. */
    long lengthBytesOf(long fileId) throws IOException;
}
