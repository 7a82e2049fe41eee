package io.livemr.control.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Whether somebody listens where the Hadoop configuration has its NameNode and, for jobs on YARN, its ResourceManager; where these are highly
 * available one of them is enough. It is no more than that: a server that listens may still be in safe mode.
 */
@Component
public class HadoopServers {

    private static final int LIMIT_MILLIS = 1_000;
    private static final String NAMENODE_PORT = "8020";
    private static final String RESOURCE_MANAGER_PORT = "8032";

    private final HadoopFiles files;
    private final MapReduceFramework framework;

    public HadoopServers(final HadoopFiles files, final MapReduceFramework framework) {
        this.files = files;
        this.framework = framework;
    }

    /** Addresses of servers without which no job can run, and of which none takes a connection. */
    List<String> silent() {
        return Stream.of(nameNodes(), resourceManagers()).map(HadoopServers::understood).filter(all -> all.stream().noneMatch(HadoopServers::listens)).flatMap(List::stream).toList();
    }

    private List<String> nameNodes() {
        final URI fileSystem = URI.create(files.value("core-site.xml", "fs.defaultFS").orElse("file:///"));
        if (!"hdfs".equals(fileSystem.getScheme())) {
            return List.of();
        }
        final String name = fileSystem.getAuthority();
        final List<String> ids = ids("hdfs-site.xml", "dfs.ha.namenodes." + name);
        return ids.isEmpty() ? List.of(name.contains(":") ? name : name + ":" + NAMENODE_PORT)
            : ids.stream().flatMap(id -> files.value("hdfs-site.xml", "dfs.namenode.rpc-address." + name + "." + id).stream()).toList();
    }

    private List<String> resourceManagers() {
        if (!framework.isYarn()) {
            return List.of();
        }
        final List<String> ids = ids("yarn-site.xml", "yarn.resourcemanager.ha.rm-ids");
        return (ids.isEmpty() ? Stream.of("") : ids.stream().map(id -> "." + id)).flatMap(id -> resourceManager(id).stream()).toList();
    }

    private Optional<String> resourceManager(final String suffix) {
        return files.value("yarn-site.xml", "yarn.resourcemanager.address" + suffix)
            .or(() -> files.value("yarn-site.xml", "yarn.resourcemanager.hostname" + suffix).map(host -> host + ":" + RESOURCE_MANAGER_PORT));
    }

    private List<String> ids(final String file, final String property) {
        return files.value(file, property).map(ids -> Arrays.asList(ids.split("\\s*,\\s*"))).orElse(List.of());
    }

    /** What refers to something that only Hadoop knows is not asked. */
    private static List<String> understood(final List<String> addresses) {
        return addresses.stream().filter(address -> address.matches("[^${}]+:\\d{1,5}")).toList();
    }

    private static boolean listens(final String address) {
        final int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))), LIMIT_MILLIS);
            return true;
        } catch (final IOException e) {
            return false;
        }
    }
}
