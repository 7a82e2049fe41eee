package io.livemr.hdfs.plugin;

import io.livemr.hdfs.rpc.LinkProtocolPB;
import java.util.Arrays;
import org.apache.hadoop.hdfs.HDFSPolicyProvider;
import org.apache.hadoop.security.authorize.PolicyProvider;
import org.apache.hadoop.security.authorize.Service;

/**
 * HDFS's list of protocols and ours: with {@code hadoop.security.authorization} on, a server refuses what is not listed.
 */
final class LinkPolicyProvider extends PolicyProvider {

    /** In hadoop-policy.xml: users and groups that may connect for links at all; default is Hadoop's default ACL. */
    static final String ACL_KEY = "security.livemr.link.protocol.acl";

    @Override
    public Service[] getServices() {
        final Service[] stock = new HDFSPolicyProvider().getServices();
        final Service[] all = Arrays.copyOf(stock, stock.length + 1);
        all[stock.length] = new Service(ACL_KEY, LinkProtocolPB.class);
        return all;
    }
}
