package io.livemr.control.sahara;

import io.livemr.control.access.Caller;
import io.livemr.control.settings.PanelSettings;
import io.livemr.control.settings.SaharaSettings;
import io.livemr.control.web.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** What clients keep, within the project of who asks and within its limits. */
@Service
class Items {

    private static final Pattern NAME = Pattern.compile("[^/\\p{Cntrl}]{1,80}");
    private static final int DESCRIPTION_LIMIT = 1_000;

    private final ItemStore store;
    private final SaharaSettings limits;
    private final Clock clock;

    Items(final ItemStore store, final PanelSettings settings, final Clock clock, final MeterRegistry metrics) {
        this.store = store;
        this.limits = settings.sahara();
        this.clock = clock;
        metrics.gauge("livemr.sahara.files.bytes", store, files -> files.lengthBytes());
    }

    List<Item> list(final ItemKind kind) {
        return store.list(kind, Caller.current().seenProject());
    }

    Item find(final ItemKind kind, final String id) {
        return seen(kind, id).orElseThrow(() -> new ApiException(HttpStatus.NOT_FOUND, "not_found",
            kind.ofOne() + "=" + id + " is not known; GET /sahara/v1.1/" + kind.path() + " lists them"));
    }

    /** One that a body names: openstack4j takes a 404 for an empty answer. */
    Item named(final String field, final ItemKind kind, final String id) {
        return seen(kind, id).orElseThrow(() -> new ApiException(HttpStatus.BAD_REQUEST, "bad_request",
            "field=" + field + " must name one of GET /sahara/v1.1/" + kind.path() + "; id=" + id + " is not known"));
    }

    /** One that belongs to another project is not there. */
    private Optional<Item> seen(final ItemKind kind, final String id) {
        return store.find(kind, id).filter(item -> Caller.current().sees(item.project()));
    }

    Item create(final ItemKind kind, final String name, final Map<String, Object> details, final Collection<String> needed) {
        return create(UUID.randomUUID().toString(), kind, name, details, 0, needed);
    }

    /** One at a time, so that what there is room for is there when it is kept. */
    synchronized Item create(final String id, final ItemKind kind, final String name, final Map<String, Object> details, final long lengthBytes,
                             final Collection<String> needed) {
        final Item item = new Item(id, Caller.current().project(), kind, name, details, lengthBytes, clock.millis());
        check(name, item.text("description"));
        requireRoom(lengthBytes);
        try {
            store.insert(item, needed);
        } catch (final DuplicateKeyException e) {
            throw new ApiException(HttpStatus.CONFLICT, "name_taken", "name=" + name + " is taken; delete that one or choose another name");
        } catch (final DataIntegrityViolationException e) {
            throw new ApiException(HttpStatus.CONFLICT, "not_found", "what it names was deleted just now");
        }
        return item;
    }

    void requireRoom(final long lengthBytes) {
        final String project = Caller.current().project();
        if (store.count(project) >= limits.itemLimit()) {
            throw new ApiException(HttpStatus.CONFLICT, "too_many_items", "livemr.sahara.item-limit=" + limits.itemLimit() + " is reached; delete some");
        }
        if (lengthBytes > 0 && store.lengthBytes(project) + lengthBytes > limits.fileLimit().toBytes()) {
            throw new ApiException(HttpStatus.CONFLICT, "no_room", "the project's files would be more than livemr.sahara.file-limit="
                + limits.fileLimit().toBytes() + " bytes; delete some");
        }
    }

    void delete(final Item item) {
        try {
            store.delete(item.id());
        } catch (final DataIntegrityViolationException e) {
            throw new ApiException(HttpStatus.CONFLICT, "deletion_failed", item.kind().ofOne() + "=" + item.id()
                + " is needed by another or by an execution; delete that first");
        }
    }

    private static void check(final String name, final String description) {
        require(name != null && NAME.matcher(name).matches(), "name", "1 to 80 characters of one line without /");
        require(description == null || description.length() <= DESCRIPTION_LIMIT && description.chars().noneMatch(Character::isISOControl), "description",
            "up to " + DESCRIPTION_LIMIT + " characters of one line");
    }

    static void require(final boolean holds, final String field, final String wanted) {
        if (!holds) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "field=" + field + " must be " + wanted);
        }
    }
}
