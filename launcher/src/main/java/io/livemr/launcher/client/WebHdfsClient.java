package io.livemr.launcher.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Asks the NameNode about files, and to delete one, through WebHDFS, so that no Hadoop library and no new JVM is needed for a question that
 * takes a millisecond. Safe to share between threads.
 */
public final class WebHdfsClient {
    private final JsonHttp http;

    public WebHdfsClient(final URI nameNodeUrl) {
        this.http = new JsonHttp("namenode", nameNodeUrl, Credentials.NONE);
    }

    public long lengthBytes(final String path) {
        return http.get(query(path, "GETFILESTATUS")).path("FileStatus").path("length").asLong();
    }

    public boolean exists(final String path) {
        try {
            http.get(query(path, "GETFILESTATUS"));
            return true;
        } catch (final ApiException e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    /** Names of the entries of a folder. */
    public JsonNode list(final String folder) {
        return http.get(query(folder, "LISTSTATUS")).path("FileStatuses").path("FileStatus");
    }

    /** All bytes of a small file. */
    public byte[] read(final String path) {
        return http.getBytes(query(path, "OPEN"));
    }

    /** The bytes of a file of any size, as they come from the DataNode. */
    public InputStream open(final String path) {
        return http.open(query(path, "OPEN"));
    }

    /** As this user of HDFS. One that is not there is no error. */
    public void delete(final String path, final String user) {
        http.delete(query(path, "DELETE") + "&user.name=" + user);
    }

    /** How many blocks the file has. */
    public int blocks(final String path) {
        return http.get(query(path, "GETFILEBLOCKLOCATIONS")).path("BlockLocations").path("BlockLocation").size();
    }

    /** Empty if the NameNode is out of safe mode and has as many DataNodes as asked for. */
    public Optional<String> problem(final int dataNodes) {
        try {
            final JsonNode state = bean("FSNamesystemState");
            if (!state.path("FSState").asText().equals("Operational")) {
                return Optional.of("HDFS is in safe mode");
            }
            final int live = state.path("NumLiveDataNodes").asInt();
            return live >= dataNodes ? Optional.empty() : Optional.of("live DataNodes=" + live + " of " + dataNodes);
        } catch (final ApiException e) {
            return Optional.of(e.getMessage());
        }
    }

    private JsonNode bean(final String name) {
        return http.get("/jmx?qry=Hadoop:service=NameNode,name=" + name).path("beans").path(0);
    }

    private static String query(final String path, final String operation) {
        final String encoded = URLEncoder.encode(path, StandardCharsets.UTF_8).replace("%2F", "/").replace("+", "%20");
        return "/webhdfs/v1" + encoded + "?op=" + operation;
    }
}
