package io.livemr.hdfs.client;

import io.livemr.hdfs.link.ComposedName;
import io.livemr.hdfs.rpc.LinkOperationsClient;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.protocol.ClientProtocol;
import org.apache.hadoop.hdfs.protocol.DatanodeInfo;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.DatanodeReportType;
import org.apache.hadoop.net.NetUtils;

/**
 * Finds the DataNode whose composer serves a file: the live one whose plug-in can see it, this host's first.
 *
 * <p>Connections are kept until {@link #close}.
 */
final class LinkDataNodeFinder implements Closeable {

    /** {@code HOST:IPC_PORT} of the DataNode to ask, where asking all of them is not wanted; default: ask. */
    static final String ADDRESS_KEY = "livemr.datanode.address";

    private final ClientProtocol namenode;
    private final Configuration conf;
    private final Map<String, LinkOperationsClient> clients = new ConcurrentHashMap<>();

    LinkDataNodeFinder(ClientProtocol namenode, Configuration conf) {
        this.namenode = namenode;
        this.conf = conf;
    }

    /** @throws IOException with each DataNode's answer, if none of them sees the file. */
    LinkDataNode find(long fileId) throws IOException {
        final List<String> refusals = new ArrayList<>();
        for (final DatanodeInfo datanode : candidates()) {
            try {
                final LinkOperationsClient client = clientOf(datanode.getIpcAddr(false));
                client.lengthBytesOf(fileId);
                return new LinkDataNode(datanode.getDatanodeUuid(), client);
            } catch (IOException e) {
                refusals.add(datanode.getXferAddr() + ": " + e.getMessage());
            }
        }
        throw new IOException("no DataNode can link to " + ComposedName.nameOf(fileId)
            + "; the one on the composer's host needs the block-link plug-in. Answers: " + refusals);
    }

    private List<DatanodeInfo> candidates() throws IOException {
        final List<DatanodeInfo> live = new ArrayList<>(Arrays.asList(live()));
        final String address = conf.getTrimmed(ADDRESS_KEY, "");
        if (!address.isEmpty()) {
            final InetSocketAddress wanted = NetUtils.createSocketAddr(address);
            live.removeIf(datanode -> !NetUtils.createSocketAddr(datanode.getIpcAddr(false)).equals(wanted));
            return live;
        }
        live.sort((a, b) -> Boolean.compare(isHere(b), isHere(a)));
        return live;
    }

    private static boolean isHere(DatanodeInfo datanode) {
        return NetUtils.isLocalAddress(NetUtils.createSocketAddr(datanode.getIpcAddr(false)).getAddress());
    }

    /** One of each, also for threads that ask at once: a second one would be closed by nobody. */
    private synchronized LinkOperationsClient clientOf(String address) throws IOException {
        final LinkOperationsClient known = clients.get(address);
        if (known != null) {
            return known;
        }
        final LinkOperationsClient made = new LinkOperationsClient(NetUtils.createSocketAddr(address), conf);
        clients.put(address, made);
        return made;
    }

    private DatanodeInfo[] live() throws IOException {
        return namenode.getDatanodeReport(DatanodeReportType.LIVE);
    }

    @Override
    public void close() {
        clients.values().forEach(LinkOperationsClient::close);
    }
}
