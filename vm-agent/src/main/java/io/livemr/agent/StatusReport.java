package io.livemr.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.channel.ComposerLink;
import io.livemr.agent.channel.Sessions;
import io.livemr.agent.consent.GrantRequests;
import io.livemr.agent.pin.GrantedFiles;
import io.livemr.agent.pin.PinnedFile;
import io.livemr.agent.report.Counters;

/** What the agent is doing, for {@code status}. At most so many files that the line stays within its limit. */
record StatusReport(
        Sessions sessions, ComposerLink link, GrantedFiles files, GrantRequests requests, Counters counters) {

    private static final int FILES_SHOWN = 500;

    void writeTo(final ObjectNode report) {
        report.put("agent", sessions.agent());
        report.put("fileCount", files.count());
        report.put("openRequests", requests.openCount());
        report.put("queuedLines", link.queuedLines());
        final ArrayNode shown = report.putArray("files");
        files.table().all().stream().limit(FILES_SHOWN).forEach(pinned -> write(pinned, shown.addObject()));
        counters.reportTo(report);
    }

    private static void write(final PinnedFile pinned, final ObjectNode file) {
        final String path = pinned.record().path();
        file.put("path", path.length() <= 200 ? path : path.substring(0, 200))
                .put("inode", pinned.id().inode())
                .put("generation", pinned.id().generation())
                .put("maps", pinned.route().way().word())
                .put("requesters", pinned.record().grants().size())
                .put("extents", pinned.announcedExtents())
                .put("lengthBytes", pinned.announcedLengthBytes())
                .put("revoking", pinned.record().revokingReason());
    }
}
