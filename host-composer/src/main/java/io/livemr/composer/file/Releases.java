package io.livemr.composer.file;

import io.livemr.composer.file.FileRecord.SourceRecord;
import io.livemr.composer.session.Hearing;
import io.livemr.composer.session.MapRequest;
import io.livemr.composer.session.VmLink;
import io.livemr.composer.session.VmLinks;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deleted files whose agents are still to hear of it. The document of one is kept until each agent of its sources has taken it in, or its VM is gone:
 * what is written to an agent that has just been killed is lost, and is said again in the next session.
 * Safe to share between threads.
 */
final class Releases {

    private static final Logger LOG = LoggerFactory.getLogger(Releases.class);

    private final Map<String, FileRecord> deleted = new ConcurrentHashMap<>();
    private final Set<String> released = ConcurrentHashMap.newKeySet();
    private final FileStore store;
    private final Collection<ComposedFile> files;
    private final Hearing hearing;
    private VmLinks vms;

    /** @param files those that are not deleted, as of whenever it is looked at. */
    Releases(final FileStore store, final Collection<ComposedFile> files, final Hearing hearing) {
        this.store = store;
        this.files = files;
        this.hearing = hearing;
    }

    void of(final VmLinks links) {
        vms = links;
    }

    /** One that was deleted before this start. */
    void load(final FileRecord record) {
        deleted.put(record.name(), record);
    }

    int size() {
        return deleted.size();
    }

    /** A file was deleted, which is durable already. */
    void add(final FileRecord record) {
        deleted.put(record.name(), record);
        for (final UUID vm : record.sources().stream().map(SourceRecord::vm).distinct().toList()) {
            vms.find(vm).ifPresent(link -> release(link, record));
        }
        forgetIfReleased(record);
    }

    /** An agent is there. */
    void tell(final VmLink link) {
        deleted.values().forEach(record -> release(link, record));
    }

    /** A VM is gone. */
    void forgetReleased() {
        deleted.values().forEach(this::forgetIfReleased);
    }

    private void release(final VmLink link, final FileRecord record) {
        if (!link.agentConnected()) {
            return;
        }
        for (int i = 0; i < record.sources().size(); i++) {
            final SourceRecord source = record.sources().get(i);
            if (source.vm().equals(link.uuid()) && !isUsed(source, record.requester())) {
                link.release(new MapRequest(record.name() + "/" + i, source.path(), record.requester(), 0, source.file()));
            }
        }
        link.whenTakenIn(() -> takenIn(link.uuid(), record));
    }

    private void takenIn(final UUID vm, final FileRecord record) {
        if (deleted.containsKey(record.name())) {
            released.add(record.name() + vm);
            forgetIfReleased(record);
        }
    }

    private boolean isUsed(final SourceRecord wanted, final String requester) {
        return files.stream().filter(file -> file.requester().equals(requester))
                .flatMap(file -> file.sources().stream()).filter(source -> !source.isFinal())
                .anyMatch(source -> source.vm().equals(wanted.vm()) && source.record().path().equals(wanted.path()));
    }

    private void forgetIfReleased(final FileRecord record) {
        final boolean done = record.sources().stream().allMatch(source ->
                released.contains(record.name() + source.vm()) || hearing.wasEverListening() && vms.find(source.vm()).isEmpty());
        if (!done) {
            return;
        }
        FailPoint.DELETE_RELEASED.pass();
        try {
            store.remove(record.name());
            deleted.remove(record.name());
            record.sources().forEach(source -> released.remove(record.name() + source.vm()));
        } catch (final IOException e) {
            LOG.error("document of deleted file={} stays: {}", record.name(), e.getMessage());
        }
    }
}
