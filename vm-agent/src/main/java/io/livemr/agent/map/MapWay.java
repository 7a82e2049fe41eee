package io.livemr.agent.map;

import java.util.Locale;

/** How a file's map reaches the composer (docs/protocol.md, the three modes), weakest first. */
public enum MapWay {
    /** Lines of the composer's channel; needs nothing of guest or host. */
    CHANNEL(true, false),
    /** The agent's own vendor commands to the disk; needs a QEMU that takes them. */
    DISK(true, true),
    /** ext4 tells the disk itself; needs a kernel that does, too. */
    KERNEL(false, true);

    private final boolean pins;
    private final boolean overtakesLines;

    MapWay(final boolean pins, final boolean overtakesLines) {
        this.pins = pins;
        this.overtakesLines = overtakesLines;
    }

    /** Whether nothing but the append-only flag keeps the file's blocks in place, and the agent has to follow its growth. */
    public boolean pins() {
        return pins;
    }

    /** Whether records may arrive before lines that were sent earlier. */
    public boolean overtakesLines() {
        return overtakesLines;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that names none. */
    public static MapWay of(final String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
