package io.livemr.hdfs.plugin;

import io.livemr.hdfs.link.Link;
import io.livemr.hdfs.rpc.Follow;
import io.livemr.hdfs.rpc.LinkOperations;
import java.io.IOException;
import java.util.Collection;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.apache.hadoop.ipc.Server;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * Lets through only the DataNode's own user and those that the administrator named. Who the caller is, Hadoop's RPC
 * says: with Kerberos it knows, without it believes.
 */
final class LinkUsers implements LinkOperations {

    /** Short names, separated by commas; default none. */
    static final String USERS_KEY = "livemr.link.users";

    private final LinkOperations operations;
    private final Collection<String> allowed;
    private final LinkMetrics metrics;

    LinkUsers(LinkOperations operations, Configuration conf, LinkMetrics metrics) {
        this.metrics = metrics;
        this.operations = operations;
        this.allowed = conf.getTrimmedStringCollection(USERS_KEY);
    }

    private LinkOperations authorised() throws IOException {
        final String caller = Server.getRemoteUser().getShortUserName();
        if (!caller.equals(UserGroupInformation.getLoginUser().getShortUserName()) && !allowed.contains(caller)) {
            metrics.requestsRefused.incr();
            throw new AccessControlException(
                "user=" + caller + " may not make links on this DataNode; add the name to " + USERS_KEY
                    + " in its hdfs-site.xml");
        }
        return operations;
    }

    @Override
    public void touchBlock(ExtendedBlock block, String storageId, Link link) throws IOException {
        authorised().touchBlock(block, storageId, link);
    }

    @Override
    public void growBlock(ExtendedBlock block, Link link) throws IOException {
        authorised().growBlock(block, link);
    }

    @Override
    public void reportBlock(ExtendedBlock block, String storageId) throws IOException {
        authorised().reportBlock(block, storageId);
    }

    @Override
    public void follow(Follow follow) throws IOException {
        authorised().follow(follow);
    }

    @Override
    public void unfollow(long inodeId) throws IOException {
        authorised().unfollow(inodeId);
    }

    @Override
    public long lengthBytesOf(long fileId) throws IOException {
        return authorised().lengthBytesOf(fileId);
    }
}
