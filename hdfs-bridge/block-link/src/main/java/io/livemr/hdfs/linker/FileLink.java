package io.livemr.hdfs.linker;

import io.livemr.hdfs.composer.GuestFile;
import java.util.List;

/**
 * A file of HDFS that is wanted.
 *
 * @param path       where.
 * @param sources    the guest files whose bytes it shall have, in this order.
 * @param blockBytes size of its blocks; 0 for the file system's own.
 * @param follow     whether it grows as its last source grows.
 */
public record FileLink(String path, String requester, List<GuestFile> sources, long blockBytes, boolean follow) {
}
