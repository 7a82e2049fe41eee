package io.livemr.hdfs.rpc;

import static io.livemr.hdfs.rpc.LinkRequestCodec.readBlock;
import static io.livemr.hdfs.rpc.LinkRequestCodec.readFollow;
import static io.livemr.hdfs.rpc.LinkRequestCodec.readLink;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.thirdparty.protobuf.BlockingService;
import org.apache.hadoop.thirdparty.protobuf.BytesValue;
import org.apache.hadoop.thirdparty.protobuf.DescriptorProtos.FileDescriptorProto;
import org.apache.hadoop.thirdparty.protobuf.DescriptorProtos.MethodDescriptorProto;
import org.apache.hadoop.thirdparty.protobuf.DescriptorProtos.ServiceDescriptorProto;
import org.apache.hadoop.thirdparty.protobuf.Descriptors;
import org.apache.hadoop.thirdparty.protobuf.Message;
import org.apache.hadoop.thirdparty.protobuf.RpcController;
import org.apache.hadoop.thirdparty.protobuf.ServiceException;
import org.apache.hadoop.thirdparty.protobuf.WrappersProto;

/** The server's end: what protoc would have generated from a service whose messages are all BytesValue, by hand. */
public final class LinkBlockingService implements BlockingService {

    private interface Call {
        BytesValue of(DataInputStream request) throws IOException;
    }

    private static final Descriptors.ServiceDescriptor DESCRIPTOR = describe();

    private final Map<String, Call> calls;

    public LinkBlockingService(LinkOperations operations) {
        this.calls = Map.of(
            "touchBlock", in -> {
                operations.touchBlock(readBlock(in), in.readUTF(), readLink(in));
                return BytesValue.getDefaultInstance();
            },
            "growBlock", in -> {
                operations.growBlock(readBlock(in), readLink(in));
                return BytesValue.getDefaultInstance();
            },
            "reportBlock", in -> {
                operations.reportBlock(readBlock(in), in.readUTF());
                return BytesValue.getDefaultInstance();
            },
            "follow", in -> {
                operations.follow(readFollow(in));
                return BytesValue.getDefaultInstance();
            },
            "unfollow", in -> {
                operations.unfollow(in.readLong());
                return BytesValue.getDefaultInstance();
            },
            "lengthBytesOf", in -> LinkRequestCodec.encode(
                LinkRequestCodec.number(operations.lengthBytesOf(in.readLong()))));
    }

    @Override
    public Message callBlockingMethod(Descriptors.MethodDescriptor method, RpcController controller, Message request)
            throws ServiceException {
        try {
            return calls.get(method.getName()).of(LinkRequestCodec.reader((BytesValue) request));
        } catch (IOException e) {
            throw new ServiceException(e);
        }
    }

    @Override
    public Descriptors.ServiceDescriptor getDescriptorForType() {
        return DESCRIPTOR;
    }

    @Override
    public Message getRequestPrototype(Descriptors.MethodDescriptor method) {
        return BytesValue.getDefaultInstance();
    }

    @Override
    public Message getResponsePrototype(Descriptors.MethodDescriptor method) {
        return BytesValue.getDefaultInstance();
    }

    private static Descriptors.ServiceDescriptor describe() {
        final ServiceDescriptorProto.Builder service = ServiceDescriptorProto.newBuilder().setName("LinkProtocol");
        final String message = "." + BytesValue.getDescriptor().getFullName();
        for (final var method : LinkProtocolPB.class.getMethods()) {
            service.addMethod(MethodDescriptorProto.newBuilder()
                .setName(method.getName()).setInputType(message).setOutputType(message));
        }
        final FileDescriptorProto file = FileDescriptorProto.newBuilder().setName("livemr-link.proto").setSyntax("proto3")
            .addDependency(WrappersProto.getDescriptor().getName()).addService(service).build();
        try {
            return Descriptors.FileDescriptor
                .buildFrom(file, new Descriptors.FileDescriptor[] {WrappersProto.getDescriptor()})
                .findServiceByName("LinkProtocol");
        } catch (Descriptors.DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }
}
