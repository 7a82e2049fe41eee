package io.livemr.system.failpoint;

import io.livemr.lab.LabVm;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.stack.HdfsShell;
import io.livemr.system.Site;
import java.io.IOException;
import java.util.Random;

/** The standing file is linked once more, is followed there, and grows; then that link is removed. */
record Link(Site site, LabVm vm, StandingFile standing, String path, Random random) implements Story {
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

    private void remove() {
        site.stack().webHdfs().delete(path, System.getProperty("user.name"));
    }
}
