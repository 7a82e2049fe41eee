package io.livemr.hdfs.linker;

import io.livemr.hdfs.composer.ComposerAddress;
import io.livemr.hdfs.composer.ComposerClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.ipc.RemoteException;

/** Carries out requests of the {@link Linker}, with clients that are kept. Safe for many threads. */
final class LinkerWork {

    private final Configuration conf;
    private final Map<String, FileLinker> linkers = new ConcurrentHashMap<>();

    LinkerWork(Configuration conf) {
        this.conf = conf;
    }

    /** Loads what the first request would have to wait for. */
    void warm() throws IOException {
        FileLinker.hdfsOf(new Path("/"), conf).getFileStatus(new Path("/"));
    }

    LinkerAnswer answer(LinkerRequest request) {
        try {
            for (final String path : request.remove()) {
                remove(new Path(path));
            }
            for (final LinkerRequest.Order order : request.make()) {
                makeOrSayWhich(order);
            }
            return new LinkerAnswer(request.id(), null);
        } catch (IOException | RuntimeException e) {
            return new LinkerAnswer(request.id(), message(e));
        }
    }

    private void remove(Path path) throws IOException {
        FileLinker.hdfsOf(path, conf).delete(path, true);
    }

    private void makeOrSayWhich(LinkerRequest.Order order) throws IOException {
        try {
            make(order);
        } catch (IOException | RuntimeException e) {
            throw new IOException(order.link().path() + ": " + message(e), e);
        }
    }

    private void make(LinkerRequest.Order order) throws IOException {
        final DistributedFileSystem fs = FileLinker.hdfsOf(new Path(order.link().path()), conf);
        linkers.computeIfAbsent(fs.getUri() + " " + order.composerUrl() + " " + order.composerTokenFile(),
            key -> new FileLinker(fs, clientOf(order), System.err, FileLinker.DEFAULT_WAIT_SECONDS)).link(order.link());
    }

    private ComposerClient clientOf(LinkerRequest.Order order) {
        final Configuration its = new Configuration(conf);
        its.set(ComposerAddress.URL_KEY, order.composerUrl());
        its.set(ComposerAddress.TOKEN_FILE_KEY, order.composerTokenFile());
        return new ComposerClient(new ComposerAddress(its));
    }

    /** Without the stack trace that a message of the NameNode has in its later lines. */
    private static String message(Exception e) {
        final Exception cause = e instanceof RemoteException remote ? remote.unwrapRemoteException() : e;
        final String text = String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
        return text.lines().findFirst().orElse(cause.getClass().getName());
    }
}
