package io.livemr.system.failpoint;

import io.livemr.lab.LabVm;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.stack.HdfsShell;
import io.livemr.system.Site;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;

/** The standing file is linked once more, is followed there, and grows; then that link is removed. */
record Link(Site site, LabVm vm, StandingFile standing, String path, Random random) implements Story {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    @Override
    public void live(final Recovery recovery) throws Exception {
        recovery.await("linked", this::isLinked);
        standing.grow(random, recovery);
        recovery.await("followed", () -> standing.isRightAt(path));
    }

    /** A composing that failed and could not tidy up is tidied up by whoever tries again. */
    private boolean isLinked() throws Exception {
        final String sources = JsonHttp.JSON.createObjectNode().put(vm.domain(), StandingFile.PATH).toString();
        final HdfsShell.Result result = site.stack().shell().run("-composeFromLocal", "-requester", Stories.ASKER, sources, path);
        if (result.exitCode() != 0) {
            remove();
            throw new IOException(result.errors());
        }
        return true;
    }

    @Override
    public void end(final Recovery recovery) throws Exception {
        recovery.await("link removed", () -> {
            remove();
            return !site.stack().webHdfs().exists(path);
        });
    }

    /** Hadoop's shell would take a JVM's start for it. */
    private void remove() throws IOException, InterruptedException {
        final URI uri = URI.create(site.stack().describe().nameNodeUrl() + "/webhdfs/v1" + path + "?op=DELETE&user.name=" + System.getProperty("user.name"));
        final int status = HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).timeout(ANSWER_LIMIT).DELETE().build(), BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException("status=" + status + " of " + uri);
        }
    }
}
