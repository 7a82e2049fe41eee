package io.livemr.composer.file;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.composer.grant.MapWay;
import io.livemr.composer.image.FileView;
import io.livemr.composer.session.VmLink;
import io.livemr.composer.session.VmLinks;
import io.livemr.extent.Extent;
import io.livemr.extent.UncoveredRangeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Composed files as clients see them: docs/protocol.md, sections 4 and 5. Stateless. */
public final class FileReport {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int ATTRIBUTE_LIMIT_BYTES = 64 * 1024;

    private FileReport() {
    }

    public static ObjectNode of(final ComposedFile file, final Path mount, final VmLinks vms) {
        final FileStatus status = file.status();
        final List<ComposedSource> sources = file.sources();
        final ObjectNode report = JSON.createObjectNode()
                .put("name", file.name()).put("path", mount.resolve(file.name()).toString())
                .put("requester", file.requester()).put("state", status.state().name())
                .put("reason", status.reason()).put("message", status.message())
                .put("lengthBytes", status.lengthBytes())
                .put("epoch", vms.find(sources.get(sources.size() - 1).vm()).map(VmLink::epoch).orElse(null));
        final ArrayNode list = report.putArray("sources");
        for (int i = 0; i < sources.size(); i++) {
            list.add(source(sources.get(i), file.isVisible(), vms).put("grant", GrantReport.id(file, i)));
        }
        return report;
    }

    private static ObjectNode source(final ComposedSource source, final boolean published, final VmLinks vms) {
        final FileRecord.SourceRecord record = source.record();
        return JSON.createObjectNode().put("vm", record.vmName()).put("path", record.path())
                .put("state", source.state(published).name()).put("reason", source.reason())
                .put("message", record.message()).put("owner", record.owner()).put("by", record.by())
                .put("lengthBytes", Math.max(0, record.lengthBytes()))
                .put("mappedAt", source.mappedAt() == null ? null : source.mappedAt().toString())
                .put("lagMillis", lagMillis(source, vms));
    }

    /** Nothing where records come through the disk: what the agent says then tells nothing of what QEMU has still to hand on. */
    private static Long lagMillis(final ComposedSource source, final VmLinks vms) {
        final OptionalLong lag = source.now().way() == MapWay.CHANNEL
                ? vms.find(source.vm()).map(VmLink::lagMillis).orElse(OptionalLong.empty()) : OptionalLong.empty();
        return lag.isPresent() ? (Long) lag.getAsLong() : null;
    }

    /** Where the bytes are, as far as the sources are readable now. */
    public static ArrayNode segments(final ComposedFile file) {
        return segments(file, Integer.MAX_VALUE).list();
    }

    private record Segments(ArrayNode list, boolean truncated) {
    }

    private static Segments segments(final ComposedFile file, final int limitBytes) {
        final ArrayNode list = JSON.createArrayNode();
        long base = 0;
        long bytes = 0;
        for (final ComposedSource source : file.sources()) {
            final FileView view = source.view();
            final long length = Math.max(0, source.record().lengthBytes());
            if (view.isReadable() && length > 0 && view.lengthBytes() >= length) {
                for (final Extent extent : extents(view, length)) {
                    final ObjectNode segment = segment(source, base, length, extent);
                    bytes += segment.toString().getBytes(StandardCharsets.UTF_8).length + 1;
                    if (bytes > limitBytes) {
                        return new Segments(list, true);
                    }
                    list.add(segment);
                }
            }
            base += length;
        }
        return new Segments(list, false);
    }

    private static List<Extent> extents(final FileView view, final long length) {
        try {
            return view.extents().translate(0, length);
        } catch (final UncoveredRangeException e) {
            throw new IllegalStateException("a committed map covers its length", e);
        }
    }

    private static ObjectNode segment(final ComposedSource source, final long base, final long length, final Extent extent) {
        return JSON.createObjectNode()
                .put("fileOffset", base + extent.fileOffsetBytes())
                .put("lengthBytes", Math.min(extent.lengthBytes(), length - extent.fileOffsetBytes()))
                .put("vm", source.record().vmName())
                .put("disk", source.granted() == null ? null : source.granted().diskTarget())
                .put("startSector", extent.isZeros() ? Extent.ZEROS : extent.startSector());
    }

    static Map<String, String> attributes(final ComposedFile file) {
        final FileStatus status = file.status();
        final Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("user.livemr.state", status.state().name());
        if (status.reason() != null) {
            attributes.put("user.livemr.reason", status.reason());
        }
        final Segments segments = segments(file, ATTRIBUTE_LIMIT_BYTES - 64);
        attributes.put("user.livemr.segments", segments.truncated()
                ? JSON.createObjectNode().put("truncated", true).set("segments", segments.list()).toString()
                : segments.list().toString());
        return attributes;
    }
}
