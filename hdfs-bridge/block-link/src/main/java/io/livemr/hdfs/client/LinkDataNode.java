package io.livemr.hdfs.client;

import io.livemr.hdfs.rpc.LinkOperations;

/** The one DataNode on which a composed file's blocks can be, and the way to ask its plug-in. */
public record LinkDataNode(String uuid, LinkOperations operations) {
}
