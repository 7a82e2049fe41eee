package io.livemr.control.job;

import io.livemr.control.database.OwnDatabase;
import io.livemr.control.settings.PanelSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Forgets the oldest ended jobs beyond {@code livemr.jobs.keep-ended}, and at the start what a killed panel left of a half-taken upload. */
@Component
class JobHousekeeping {

    private static final Logger LOG = LoggerFactory.getLogger(JobHousekeeping.class);

    private final JobStore jobs;
    private final JobFolders folders;
    private final int keepEnded;

    /** @param own what it does not know, nobody does. */
    JobHousekeeping(final OwnDatabase own, final JobStore jobs, final JobFolders folders, final PanelSettings settings) throws IOException {
        this.jobs = jobs;
        this.folders = folders;
        this.keepEnded = settings.jobs().keepEnded();
        // Before the server listens: no upload can be under way.
        removeUnknownFolders(settings.state().resolve("jobs"));
    }

    @Scheduled(fixedDelayString = "PT1M")
    void forgetOldJobs() {
        for (final String id : jobs.endedBeyond(keepEnded)) {
            remove(folders.of(id));
            jobs.delete(id);
        }
    }

    private void removeUnknownFolders(final Path all) throws IOException {
        try (Stream<Path> found = Files.list(all)) {
            final List<Path> unknown = found.filter(folder -> jobs.find(folder.getFileName().toString()).isEmpty()).toList();
            unknown.forEach(JobHousekeeping::remove);
        }
    }

    private static void remove(final Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (final IOException e) {
            LOG.warn("folder={} stays: {}", folder, e.getMessage());
        }
    }
}
