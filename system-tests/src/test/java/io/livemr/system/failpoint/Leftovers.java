package io.livemr.system.failpoint;

import io.livemr.lab.LabVm;
import io.livemr.system.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a story may have left behind: the standing file is all that there is. */
record Leftovers(Site site, LabVm vm, StandingFile standing) {

    /** @throws IOException with what there is. */
    boolean areNoneOf(final String tag) throws IOException {
        requireAlone("composer", site.stack().composer().files().findValuesAsText("name"), standing.name());
        requireAlone("composer's state", names(site.stack().layout().composer().resolve("files")), standing.name() + ".json");
        requireAlone("mount", names(site.stack().layout().mount()), standing.name());
        requireNothing("agent's state", vm.exec("grep -l /data/" + tag + " /var/lib/livemr-agent/*.json").stdout());
        requireNothing("file that cannot be removed", vm.execAs(Site.OWNER, "rm -f /data/" + tag).stderr());
        return true;
    }

    private static List<String> names(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void requireAlone(final String where, final List<String> found, final String expected) throws IOException {
        if (!found.equals(List.of(expected))) {
            throw new IOException(where + " has " + found);
        }
    }

    private static void requireNothing(final String what, final String found) throws IOException {
        if (!found.isBlank()) {
            throw new IOException(what + ": " + found);
        }
    }
}
