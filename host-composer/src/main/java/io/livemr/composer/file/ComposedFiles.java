package io.livemr.composer.file;

import io.livemr.composer.file.FileRecord.SourceRecord;
import io.livemr.composer.grant.GrantedFile;
import io.livemr.composer.image.GuardedReader;
import io.livemr.composer.metrics.ComposerMetrics;
import io.livemr.composer.session.AgentObserver;
import io.livemr.composer.session.Hearing;
import io.livemr.composer.session.VmLink;
import io.livemr.composer.session.VmLinks;
import io.livemr.composer.vm.VmDescription;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All composed files of this host. Intent is durable before an owner is asked, and a file is visible to readers only once what its
 * offsets depend on is durable. Answers of agents find their source by the request's id, {@code NAME/INDEX}, which is the same after a restart.
 *
 * <p>Safe to share between threads. Order of locks: a VM's, then a file's; this class holds none of its own while it calls either.
 */
public final class ComposedFiles implements ReadableFiles, AgentObserver {

    static final String PREFIX = "livemr_";
    private static final Logger LOG = LoggerFactory.getLogger(ComposedFiles.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    /** What an agent says when it could not look, rather than that the grant is gone. */
    private static final Set<String> PASSING = Set.of("busy", "io_error", "unknown_disk", "unsafe_cache", "too_many_files");

    private final Map<String, ComposedFile> files = new ConcurrentHashMap<>();
    private final Releases releases;
    private final FileListeners listeners = new FileListeners();
    private final ComposeLimits limits;
    private final FileParts parts;
    private final Hearing hearing;
    private final Object composing = new Object();
    private VmLinks vms;

    public ComposedFiles(
            final FileStore store, final GuardedReader reader, final ComposerMetrics metrics, final Hearing hearing,
            final ComposeLimits limits) {
        this.parts = new FileParts(store, reader, listeners, metrics);
        this.hearing = hearing;
        this.limits = limits;
        this.releases = new Releases(store, files.values(), hearing);
        for (final FileState state : FileState.values()) {
            metrics.gauge("livemr.files", () -> files.values().stream().filter(f -> f.status().state() == state).count(),
                    "state", state.name());
        }
        metrics.gauge("livemr.files.deleted", releases::size);
        metrics.gauge("livemr.files.limit", limits::files);
    }

    /** Most that clients may make the composer remember. */
    public record ComposeLimits(int files, int openRequestsPerVm) {
    }

    /** Brings back what was there before; must be called once, before any VM is known. */
    public void load(final VmLinks links) throws IOException {
        vms = links;
        releases.of(links);
        links.onGone(this::vmGone);
        for (final FileRecord record : parts.store().load()) {
            if (record.deleted()) {
                releases.load(record);
            } else {
                files.put(record.name(), new ComposedFile(record, parts));
            }
        }
        LOG.info("files loaded count={} waitingForUnmap={}", files.size(), releases.size());
    }

    // ---- for readers

    @Override
    public Optional<ReadableFile> find(final String name) {
        return Optional.<ReadableFile>ofNullable(files.get(name)).filter(file -> ((ComposedFile) file).isVisible());
    }

    @Override
    public Collection<ReadableFile> list() {
        return files.values().stream().filter(ComposedFile::isVisible).collect(Collectors.toList());
    }

    // ---- for clients

    public Optional<ComposedFile> get(final String name) {
        return Optional.ofNullable(files.get(name));
    }

    public Collection<ComposedFile> all() {
        return files.values();
    }

    /** What was asked of owners and what became of it: a report for each source of each file, files in the order of their names. */
    public List<GrantReport> grants() {
        return files.values().stream().sorted(Comparator.comparing(ComposedFile::name))
                .flatMap(file -> IntStream.range(0, file.sources().size()).mapToObj(index -> GrantReport.of(file, index))).toList();
    }

    /** The sources of a file as they are now, in order; none if there is no such file, or readers may not see it. Takes no lock. */
    public List<SourceView> views(final String name) {
        final ComposedFile file = files.get(name);
        return file == null ? List.of() : file.views();
    }

    /** Hears of every file as it is now, then of each change. */
    public void listen(final FileEvents listener) {
        listeners.add(listener);
        files.values().forEach(file -> file.tell(listener));
    }

    public void unlisten(final FileEvents listener) {
        listeners.remove(listener);
    }

    /** The file of these sources for this requester: the one that is there, or a new one whose owners are asked. */
    public ComposedFile compose(final ComposeRequest request) throws ComposeException {
        request.check();
        final List<SourceRecord> sources = new ArrayList<>();
        for (final ComposeRequest.Source source : request.sources()) {
            sources.add(newSource(source));
        }
        final ComposedFile file;
        synchronized (composing) {
            final Optional<ComposedFile> known = same(request.requester(), sources);
            if (known.isPresent()) {
                return known.get();
            }
            requireRoom(sources);
            file = create(request, sources);
        }
        askAll(file);
        FailPoint.COMPOSE_ASKED.pass();
        return file;
    }

    private SourceRecord newSource(final ComposeRequest.Source source) throws ComposeException {
        if (!hearing.wasEverListening()) {
            throw new ComposeException(503, "libvirt_absent", "libvirt has not been reached yet; is libvirtd running?");
        }
        final VmDescription vm = vms.find(source.vm()).map(VmLink::description).orElseThrow(() -> new ComposeException(
                404, "unknown_vm", "no VM named " + source.vm() + " on this host; known are: "
                        + vms.all().stream().map(link -> link.description().name()).sorted().collect(Collectors.joining(", "))));
        return new SourceRecord(vm.uuid(), vm.name(), source.path(), FileState.AWAITING_CONSENT,
                null, null, null, null, null, System.currentTimeMillis(), 0, -1);
    }

    private Optional<ComposedFile> same(final String requester, final List<SourceRecord> wanted) {
        return files.values().stream()
                .filter(file -> !file.status().state().isFinal() && file.requester().equals(requester)
                        && keys(file.sources().stream().map(ComposedSource::record).toList()).equals(keys(wanted)))
                .findFirst();
    }

    private static List<String> keys(final List<SourceRecord> sources) {
        return sources.stream().map(source -> source.vm() + source.path()).toList();
    }

    private void requireRoom(final List<SourceRecord> wanted) throws ComposeException {
        if (files.size() + releases.size() >= limits.files()) {
            throw new ComposeException(429, "too_many_files", "this host has " + files.size() + " composed files, and " + releases.size()
                    + " deleted ones whose agents have not heard of it, fileLimit=" + limits.files() + "; delete some, or start those VMs");
        }
        for (final SourceRecord source : wanted) {
            final long open = files.values().stream().flatMap(file -> file.sources().stream())
                    .filter(other -> other.vm().equals(source.vm()) && other.record().state() == FileState.AWAITING_CONSENT)
                    .count();
            if (open >= limits.openRequestsPerVm()) {
                throw new ComposeException(429, "busy", "vm=" + source.vmName() + " has " + open + " requests waiting for owners");
            }
        }
    }

    private ComposedFile create(final ComposeRequest request, final List<SourceRecord> sources) throws ComposeException {
        final byte[] random = new byte[Long.BYTES];
        RANDOM.nextBytes(random);
        final FileRecord record = new FileRecord(FileRecord.VERSION, PREFIX + HexFormat.of().formatHex(random), request.requester(),
                request.ttlSeconds() == null ? 0 : request.ttlSeconds(), false, false, sources);
        try {
            FailPoint.COMPOSE_WISHED.passOrFail();
            parts.store().save(record);
        } catch (final IOException e) {
            throw new ComposeException(507, "state_not_durable", "cannot write the state folder: " + e.getMessage());
        }
        FailPoint.COMPOSE_STORED.pass();
        final ComposedFile file = new ComposedFile(record, parts);
        files.put(file.name(), file);
        file.tell(parts.events());
        FailPoint.COMPOSE_LISTED.pass();
        return file;
    }

    /** Ends a file. Its agents hear of it now, or when they are back. */
    public boolean delete(final String name) throws IOException {
        final ComposedFile file = files.get(name);
        if (file == null) {
            return false;
        }
        final FileRecord record = file.record(true);
        FailPoint.DELETE_WISHED.passOrFail();
        parts.store().save(record);
        FailPoint.DELETE_STORED.pass();
        files.remove(name);
        file.remove();
        FailPoint.DELETE_REMOVED.pass();
        releases.add(record);
        return true;
    }

    // ---- for agents

    @Override
    public void sessionReady(final UUID vm) {
        vms.find(vm).ifPresent(link -> {
            files.values().forEach(file -> ask(file, link));
            releases.tell(link);
        });
    }

    private void askAll(final ComposedFile file) {
        file.sources().stream().map(ComposedSource::vm).distinct()
                .forEach(vm -> vms.find(vm).ifPresent(link -> ask(file, link)));
    }

    private void ask(final ComposedFile file, final VmLink link) {
        IntStream.range(0, file.sources().size())
                .filter(i -> file.vmOf(i).equals(link.uuid()) && !file.sources().get(i).isFinal())
                .forEach(i -> link.ask(file.sources().get(i).request(id(file, i), file.requester(), file.ttlSeconds())));
    }

    private static String id(final ComposedFile file, final int index) {
        return file.name() + "/" + index;
    }

    /** One source of one file, as an answer's id names it. */
    private record Place(ComposedFile file, int index) {
    }

    private Optional<Place> place(final UUID vm, final String id) {
        final int slash = id.indexOf('/');
        final ComposedFile file = slash < 0 ? null : files.get(id.substring(0, slash));
        try {
            final int index = file == null ? -1 : Integer.parseInt(id.substring(slash + 1));
            // An answer counts only from the VM that was asked.
            return index >= 0 && index < file.sources().size() && file.vmOf(index).equals(vm)
                    ? Optional.of(new Place(file, index)) : Optional.empty();
        } catch (final NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public void pending(final UUID vm, final String id, final String owner) {
        place(vm, id).ifPresent(place -> place.file().pending(place.index(), owner));
    }

    @Override
    public void granted(final UUID vm, final String id, final GrantedFile file, final Consent consent) {
        place(vm, id).ifPresent(place -> place.file().granted(place.index(), file, consent));
    }

    @Override
    public void denied(final UUID vm, final String id, final String reason, final String message) {
        place(vm, id).ifPresent(place -> {
            if (place.file().sources().get(place.index()).record().file() == null) {
                place.file().end(place.index(), FileState.DENIED, reason, message);
            } else if (!PASSING.contains(reason)) {
                place.file().end(place.index(), FileState.REVOKED, reason, message);
            }
        });
    }

    @Override
    public void revoked(final UUID vm, final GrantedFile granted, final String requester, final String reason) {
        files.values().stream().filter(file -> file.requester().equals(requester)).forEach(file ->
                file.endWhere(source -> source.granted() == granted, FileState.REVOKED, reason, null));
    }

    private void vmGone(final UUID vm) {
        files.values().forEach(file -> file.endWhere(
                source -> source.vm().equals(vm), FileState.FAILED, "vm_gone", "libvirt does not know this VM any more"));
        releases.forgetReleased();
    }

    // ---- time

    /** What no event tells: leases that ended or came back, VMs that never came. A few times a second. */
    public void tick() {
        for (final ComposedFile file : files.values()) {
            file.refresh();
            if (hearing.wasEverListening()) {
                file.endWhere(source -> vms.find(source.vm()).isEmpty(), FileState.FAILED, "vm_gone",
                        "libvirt does not know this VM any more");
            }
        }
    }

    /** Lengths that readers were told, and asking again where an agent could not answer. Every few seconds. */
    public void slowTick() {
        for (final ComposedFile file : files.values()) {
            file.saveLength();
            file.sources().stream().filter(source -> !source.isFinal() && !source.isBound() && source.record().file() != null)
                    .map(ComposedSource::vm).distinct()
                    .forEach(vm -> vms.find(vm).filter(VmLink::agentConnected).ifPresent(link -> ask(file, link)));
        }
    }
}
