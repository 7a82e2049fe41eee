package io.livemr.hdfs.rpc;

import static io.livemr.hdfs.rpc.LinkRequestCodec.block;
import static io.livemr.hdfs.rpc.LinkRequestCodec.encode;
import static io.livemr.hdfs.rpc.LinkRequestCodec.number;
import static io.livemr.hdfs.rpc.LinkRequestCodec.text;

import io.livemr.hdfs.link.Link;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.apache.hadoop.ipc.ProtobufRpcEngine2;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.io.retry.RetryPolicies;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.thirdparty.protobuf.BytesValue;
import org.apache.hadoop.thirdparty.protobuf.RpcController;
import org.apache.hadoop.thirdparty.protobuf.ServiceException;

/** The client's end, to one DataNode. Safe to share between threads. */
public final class LinkOperationsClient implements LinkOperations, Closeable {

    /** Bounds one request; a read of the composer's mount may take {@code readWaitMillis} of it. */
    private static final int TIMEOUT_MILLIS = 60_000;

    private interface Call {
        BytesValue of(RpcController controller, BytesValue request) throws ServiceException;
    }

    private final LinkProtocolPB datanode;

    public LinkOperationsClient(InetSocketAddress ipc, Configuration conf) throws IOException {
        final Configuration withEngine = new Configuration(conf);
        RPC.setProtocolEngine(withEngine, LinkProtocolPB.class, ProtobufRpcEngine2.class);
        this.datanode = RPC.getProtocolProxy(LinkProtocolPB.class, RPC.getProtocolVersion(LinkProtocolPB.class), ipc,
            UserGroupInformation.getCurrentUser(), withEngine, NetUtils.getDefaultSocketFactory(withEngine),
            TIMEOUT_MILLIS, RetryPolicies.TRY_ONCE_THEN_FAIL, null).getProxy();
    }

    @Override
    public void touchBlock(ExtendedBlock block, String storageId, Link link) throws IOException {
        call(datanode::touchBlock, encode(block(block), text(storageId), LinkRequestCodec.link(link)));
    }

    @Override
    public void growBlock(ExtendedBlock block, Link link) throws IOException {
        call(datanode::growBlock, encode(block(block), LinkRequestCodec.link(link)));
    }

    @Override
    public void reportBlock(ExtendedBlock block, String storageId) throws IOException {
        call(datanode::reportBlock, encode(block(block), text(storageId)));
    }

    @Override
    public void follow(Follow follow) throws IOException {
        call(datanode::follow, encode(LinkRequestCodec.follow(follow)));
    }

    @Override
    public void unfollow(long inodeId) throws IOException {
        call(datanode::unfollow, encode(number(inodeId)));
    }

    @Override
    public long lengthBytesOf(long fileId) throws IOException {
        return LinkRequestCodec.reader(call(datanode::lengthBytesOf, encode(number(fileId)))).readLong();
    }

    /** A DataNode that restarted has broken the connection; every request may be repeated, so it is, once. */
    private static BytesValue call(Call call, BytesValue request) throws IOException {
        try {
            return callOnce(call, request);
        } catch (EOFException | SocketException e) {
            return callOnce(call, request);
        }
    }

    private static BytesValue callOnce(Call call, BytesValue request) throws IOException {
        try {
            return call.of(null, request);
        } catch (ServiceException e) {
            final Throwable cause = e.getCause();
            if (cause instanceof RemoteException remote) {
                throw remote.unwrapRemoteException();
            }
            throw cause instanceof IOException io ? io : new IOException(e);
        }
    }

    @Override
    public void close() {
        RPC.stopProxy(datanode);
    }
}
