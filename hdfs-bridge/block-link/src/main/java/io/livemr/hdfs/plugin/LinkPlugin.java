package io.livemr.hdfs.plugin;

import io.livemr.hdfs.rpc.Follow;
import io.livemr.hdfs.rpc.LinkBlockingService;
import io.livemr.hdfs.rpc.LinkProtocolPB;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeys;
import org.apache.hadoop.hdfs.DFSUtil;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.util.ServicePlugin;

/**
 * The value of {@code dfs.datanode.plugins}: adds the link protocol to the DataNode's IPC server (docs/decisions/0004).
 */
public class LinkPlugin implements ServicePlugin {

    @Override
    public void start(Object service) {
        final DataNode datanode = (DataNode) service;
        try {
            serve(datanode);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot serve links", e);
        }
    }

    private static void serve(DataNode datanode) throws IOException {
        final Configuration conf = datanode.getConf();
        final LinkUsers operations = new LinkUsers(new DataNodeLinks(datanode, null), conf);
        DFSUtil.addInternalPBProtocol(
            conf, LinkProtocolPB.class, new LinkBlockingService(operations), datanode.ipcServer);
        if (conf.getBoolean(CommonConfigurationKeys.HADOOP_SECURITY_AUTHORIZATION, false)) {
            datanode.ipcServer.refreshServiceAcl(conf, new LinkPolicyProvider());
        }
    }

    @Override
    public void stop() {
        // The IPC server ends with the DataNode.
    }

    @Override
    public void close() {
        stop();
    }
}
