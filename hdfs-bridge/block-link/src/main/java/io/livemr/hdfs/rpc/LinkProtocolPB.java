package io.livemr.hdfs.rpc;

import org.apache.hadoop.hdfs.client.HdfsClientConfigKeys;
import org.apache.hadoop.ipc.ProtocolInfo;
import org.apache.hadoop.security.KerberosInfo;
import org.apache.hadoop.thirdparty.protobuf.BytesValue;
import org.apache.hadoop.thirdparty.protobuf.RpcController;
import org.apache.hadoop.thirdparty.protobuf.ServiceException;

/**
 * {@link LinkOperations} as a protocol of the DataNode's own IPC server, so that Hadoop authenticates the caller.
 *
 * <p>Arguments travel as {@link LinkRequestCodec} writes them, inside protobuf's own BytesValue: no generated class, so
 * one jar runs on every protobuf that a Hadoop release brings. The protocol is named like this class because a server
 * with {@code hadoop.security.authorization} looks for a class of that name.
 */
@KerberosInfo(serverPrincipal = HdfsClientConfigKeys.DFS_DATANODE_KERBEROS_PRINCIPAL_KEY)
@ProtocolInfo(protocolName = "io.livemr.hdfs.rpc.LinkProtocolPB", protocolVersion = 1)
public interface LinkProtocolPB {

    BytesValue touchBlock(RpcController controller, BytesValue request) throws ServiceException;

    BytesValue growBlock(RpcController controller, BytesValue request) throws ServiceException;

    BytesValue reportBlock(RpcController controller, BytesValue request) throws ServiceException;

    BytesValue follow(RpcController controller, BytesValue request) throws ServiceException;

    BytesValue unfollow(RpcController controller, BytesValue request) throws ServiceException;

    BytesValue lengthBytesOf(RpcController controller, BytesValue request) throws ServiceException;
}
