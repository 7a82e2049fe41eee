package io.livemr.composer.grant;

/** By which way the map records of a file come: docs/protocol.md, section 1, {@code maps} of {@code granted}. */
public enum MapWay {
    /** In lines of the agent. */
    CHANNEL,
    /** From the guest through its disk, handed on by a patched QEMU. */
    DISK;

    /** The way of a word on the wire, null if there is none; the word may be absent. */
    public static MapWay of(final String word) {
        if (word == null || word.equals("channel")) {
            return CHANNEL;
        }
        return word.equals("disk") ? DISK : null;
    }
}
