package io.livemr.control.input;

import io.livemr.control.composer.ComposedFile;
import io.livemr.control.composer.ComposerClient;
import io.livemr.control.composer.ComposerEvents;
import io.livemr.control.composer.ComposerException;
import io.livemr.control.composer.ComposerUnreachableException;
import io.livemr.control.composer.Composers;
import io.livemr.control.composer.VmDirectory;
import io.livemr.control.composer.VmUnknownException;
import io.livemr.failpoint.FailPoint;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Has input files composed and let go of. Two jobs of one requester that name the same file share one composed file, so asking for one and
 * letting go of one exclude each other. Each call is idempotent. Safe for many threads.
 */
@Component
public class ComposedInputs {

    private static final Logger LOG = LoggerFactory.getLogger(ComposedInputs.class);

    private final VmDirectory directory;
    private final Composers composers;
    private final InputStore store;
    /** Inputs whose last request was answered, with no file. */
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final ReentrantLock sharing = new ReentrantLock();

    public ComposedInputs(final VmDirectory directory, final Composers composers, final InputStore store,
                          final ComposerEvents events) {
        this.directory = directory;
        this.composers = composers;
        this.store = store;
        events.listen(this::lookAgain);
    }

    /** Also while a driver reads: an owner may take his file back. */
    private void lookAgain(final String composedFile) {
        for (final InputFile file : store.activeOf(composedFile)) {
            try {
                look(file);
            } catch (final ComposerException | ComposerUnreachableException e) {
                LOG.debug("file={} is looked at later: {}", file.label(), e.getMessage());
            }
        }
    }

    /** Asks the composer that reads the machine's disks. */
    public void ask(final InputFile file, final String requester, final Long ttlSeconds)
            throws VmUnknownException, ComposerException, ComposerUnreachableException {
        final String composer = directory.find(file.vm()).composer();
        store.asking(file, composer);
        FailPoint.INPUT_CHOSEN.pass();
        sharing.lock();
        try {
            final Optional<ComposedFile> unheard = unheard(composers.at(composer), file, requester);
            final ComposedFile answer = unheard.isPresent() ? unheard.get()
                : composers.at(composer).compose(requester, file.vm(), file.path(), ttlSeconds);
            FailPoint.INPUT_ASKED.pass();
            keep(file, answer);
        } catch (final ComposerException e) {
            refused.add(place(file));
            throw e;
        } finally {
            sharing.unlock();
        }
    }

    /** What it made when it was asked before and the answer was lost. If that has ended since, it would make another one now, and keep both. */
    private Optional<ComposedFile> unheard(final ComposerClient composer, final InputFile file, final String requester)
            throws ComposerException, ComposerUnreachableException {
        if (!composer.url().equals(file.composer()) || refused.remove(place(file))) {
            return Optional.empty();
        }
        return composer.find(requester, file.vm(), file.path()).filter(found -> !store.isOfAnotherJob(found.name(), file.jobId()));
    }

    /** Asks how the file stands and keeps the answer; one that its composer has forgotten is {@code WAITING} again. */
    public InputFile look(final InputFile file) throws ComposerException, ComposerUnreachableException {
        final Optional<ComposedFile> answer = composers.at(file.composer()).file(file.composedFile());
        if (answer.isPresent()) {
            return keep(file, answer.get());
        }
        final InputFile forgotten = file.told(null, InputState.WAITING, null, "its composer has forgotten it; asking again", file.owner(),
            file.grantedBy(), file.lengthBytes());
        store.told(forgotten);
        return forgotten;
    }

    /** Lets go of the file unless another job needs it. */
    public void letGo(final InputFile file, final String requester) throws ComposerException, ComposerUnreachableException {
        if (file.composer() == null) {
            return;
        }
        refused.remove(place(file));
        sharing.lock();
        try {
            if (!store.isSharedByActiveJob(file, requester)) {
                delete(composers.at(file.composer()), file, requester);
            }
        } finally {
            sharing.unlock();
        }
    }

    private static String place(final InputFile file) {
        return file.jobId() + "/" + file.number();
    }

    private static void delete(final ComposerClient composer, final InputFile file, final String requester)
            throws ComposerException, ComposerUnreachableException {
        // Without a name the panel went away between asking and hearing the answer.
        final Optional<String> name = file.composedFile() != null
            ? Optional.of(file.composedFile())
            : composer.find(requester, file.vm(), file.path()).map(ComposedFile::name);
        if (name.isPresent()) {
            composer.delete(name.get());
            FailPoint.CLEAN_DELETED.pass();
        }
    }

    private InputFile keep(final InputFile file, final ComposedFile told) {
        final InputFile now = file.told(told.name(), InputState.of(told.state()), told.anyReason(), told.anyMessage(), told.owner(), told.by(),
            told.lengthBytes());
        if (!now.equals(file)) {
            store.told(now);
        }
        return now;
    }
}
