package io.livemr.hdfs.plugin;

import io.livemr.hdfs.composer.ComposerAddress;
import io.livemr.hdfs.composer.ComposerClient;
import io.livemr.hdfs.rpc.LinkBlockingService;
import io.livemr.hdfs.rpc.LinkProtocolPB;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeys;
import org.apache.hadoop.hdfs.DFSUtil;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.util.ServicePlugin;

/**
 * The value of {@code dfs.datanode.plugins}: adds the link protocol to the DataNode's IPC server (docs/decisions/0004)
 * and starts the follower where the configuration names a composer.
 *
 * <p>When a DataNode starts its plug-ins, its dataset and id may not exist yet; both are asked for when needed.
 */
public class LinkPlugin implements ServicePlugin {

    /** Folder of the follows; default {@code livemr-follow} beside the first data folder. */
    static final String FOLLOW_DIR_KEY = "livemr.follow.dir";
    /** Threads that grow files; default 4. */
    static final String FOLLOW_THREADS_KEY = "livemr.follow.threads";
    /** Most files to follow; default 10,000. */
    static final String FOLLOW_LIMIT_KEY = "livemr.follow.limit";

    private LinkMetrics metrics;
    private Follower follower;

    @Override
    public void start(Object service) {
        final DataNode datanode = (DataNode) service;
        try {
            metrics = LinkMetrics.register();
            final DataNodeLinks links = new DataNodeLinks(datanode, metrics);
            if (ComposerAddress.isSet(datanode.getConf())) {
                follower = follower(datanode, links);
                links.followWith(follower);
            }
            serve(datanode, links);
            if (follower != null) {
                follower.start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot serve links", e);
        }
    }

    private Follower follower(DataNode datanode, DataNodeLinks links) throws IOException {
        final Configuration conf = datanode.getConf();
        return new Follower(new FollowStore(followFolder(conf)), new FollowGrowth(datanode, links, metrics),
            new ComposerClient(new ComposerAddress(conf)), links, metrics,
            conf.getInt(FOLLOW_THREADS_KEY, 4), conf.getInt(FOLLOW_LIMIT_KEY, 10_000));
    }

    private static Path followFolder(Configuration conf) throws IOException {
        final String named = conf.getTrimmed(FOLLOW_DIR_KEY, "");
        return named.isEmpty()
            ? Path.of(DataNode.getStorageLocations(conf).get(0).getUri().getPath()).resolveSibling("livemr-follow")
            : Path.of(named);
    }

    private void serve(DataNode datanode, DataNodeLinks links) throws IOException {
        final Configuration conf = datanode.getConf();
        DFSUtil.addInternalPBProtocol(conf, LinkProtocolPB.class,
            new LinkBlockingService(new LinkUsers(links, conf, metrics)), datanode.ipcServer);
        if (conf.getBoolean(CommonConfigurationKeys.HADOOP_SECURITY_AUTHORIZATION, false)) {
            datanode.ipcServer.refreshServiceAcl(conf, new LinkPolicyProvider());
        }
    }

    /** The IPC server ends with the DataNode. */
    @Override
    public void stop() {
        try {
            if (follower != null) {
                follower.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            LinkMetrics.unregister();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
