package io.livemr.bench.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.bench.hdfs.HadoopChild;
import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Site;
import io.livemr.launcher.client.JsonHttp;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The linker that a control panel keeps (docs/protocol.md, section 13). One thread. */
final class WarmLinker implements AutoCloseable {

    private static final int WARM_UP = 30;

    private final Site site;
    private final HadoopChild linker;
    private int requests;

    WarmLinker(final Bed bed, final Site site) throws IOException {
        this.site = site;
        this.linker = HadoopChild.start(bed, site.stack(), "io.livemr.hdfs.linker.Linker", bed.folder().resolve("linker.lock").toString());
    }

    /** It lives as long as the panel: its speed is that after the compiler has been at work. */
    void warmUp(final String guestPath) throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            link(guestPath, "/warm-up");
            remove("/warm-up");
        }
    }

    /** Makes a file of HDFS out of one in the machine, whose owner has said yes. */
    void link(final String guestPath, final String hdfsPath) throws IOException {
        final Object source = Map.of("vm", site.vm().domain(), "path", guestPath);
        carryOut(List.of(), List.of(Map.of("composerUrl", site.stack().describe().composerUrl(),
            "composerTokenFile", site.stack().layout().composerToken().toString(),
            "link", Map.of("path", hdfsPath, "requester", Site.REQUESTER, "sources", List.of(source), "follow", true))));
    }

    void remove(final String hdfsPath) throws IOException {
        carryOut(List.of(hdfsPath), List.of());
    }

    private void carryOut(final List<String> remove, final List<Object> make) throws IOException {
        final JsonNode answer = JsonHttp.JSON.readTree(
            linker.ask(JsonHttp.JSON.writeValueAsString(Map.of("id", ++requests, "remove", remove, "make", make))));
        if (answer.has("error")) {
            throw new IOException("the linker says: " + answer);
        }
    }

    @Override
    public void close() {
        linker.close();
    }
}
