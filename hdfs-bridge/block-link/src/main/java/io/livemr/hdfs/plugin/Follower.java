package io.livemr.hdfs.plugin;

import io.livemr.hdfs.rpc.Follow;
import java.io.IOException;

/** Grows HDFS files as their composed files grow. */
interface Follower {

    void follow(Follow follow) throws IOException;

    void unfollow(long inodeId) throws IOException;
}
