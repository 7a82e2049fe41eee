package io.livemr.control.input;

import java.util.Map;

/** What a user can do about a file that does not become readable; one row for each reason that has an answer. */
public final class InputReasons {

    private static final Map<String, String> WAY_OUT = Map.ofEntries(
        Map.entry("no_such_file", "check the path inside the machine"),
        Map.entry("not_a_regular_file", "name files; a folder's files are named one by one"),
        Map.entry("bad_path", "give the absolute path without symbolic links"),
        Map.entry("unsupported_file_system", "move the file to a file system that docs/protocol.md section 3.2 does not exclude, such as ext4"),
        Map.entry("unsupported_layout", "move the file to a plain partition or a linear volume"),
        Map.entry("unsupported_file", "copy it to a plain file, without encryption, compression, verity or data=journal"),
        Map.entry("owner_said_no", "talk to the owner, then submit again"),
        Map.entry("consent_timeout", "have the owner run livemr-grant and submit again"),
        Map.entry("owner_revoked", "talk to the owner, then submit again"),
        Map.entry("expired", "submit again with a larger ttlSeconds"),
        Map.entry("busy", "too many requests are open in the machine; submit again later"),
        Map.entry("unknown_vm", "GET /api/v1/vms lists the known machines"),
        Map.entry("vm_gone", "start the machine and submit again"),
        Map.entry("io_error", "see the agent's log inside the machine"));

    private InputReasons() { }

    /** Names the file, what happened to it, what was said about it and the way out. */
    public static String explain(final InputFile file, final String what, final String reason, final String message) {
        final String said = message == null || message.isBlank() ? "" : ", " + message;
        final String way = WAY_OUT.get(reason == null ? "" : reason);
        return "file=" + file.label() + " " + what + " reason=" + reason + said + (way == null ? "" : "; " + way);
    }
}
