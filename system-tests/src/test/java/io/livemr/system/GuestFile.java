package io.livemr.system;

/** The kinds of file that must read right, each with the shell commands that make it as {@code $F} in the guest. */
enum GuestFile {
    EMPTY(": > $F"),
    ONE_BYTE("printf x > $F"),
    CLUSTER_AND_A_BYTE("head -c 65537 /dev/urandom > $F"),

    /** The same random bytes after another number each time, without a pipe: an emulated guest makes few random bytes a second, and copies slowly. */
    ONE_GIBIBYTE("head -c 8388600 /dev/urandom > /tmp/seed; for i in $(seq 128); do printf %08d $i; cat /tmp/seed; done > $F; rm /tmp/seed;"
        + " test $(stat -c %s $F) = 1073741824"),

    /** Two files written in turns, each piece forced out, so that neither gets two blocks in a row. */
    FRAGMENTED("for i in $(seq 1 150); do "
        + "dd if=/dev/urandom of=$F bs=8k count=1 oflag=append conv=notrunc,fsync status=none; "
        + "dd if=/dev/urandom of=$F.other bs=8k count=1 oflag=append conv=notrunc,fsync status=none; done"),

    /** Holes at both ends of data that does not begin at a block. */
    SPARSE("truncate -s 20M $F; "
        + "for at in 3 5000 1234567 16777215; do "
        + "head -c 70000 /dev/urandom | dd of=$F bs=1M oflag=seek_bytes seek=$at conv=notrunc status=none; done"),

    /** Blocks that were allocated and never written, below the end of the file and behind it. */
    FALLOCATED_TAIL("head -c 300001 /dev/urandom > $F; fallocate -o 300001 -l 3000000 $F; fallocate -n -o 4000000 -l 8000000 $F"),

    DIRECT("dd if=/dev/urandom of=$F bs=64k count=80 iflag=fullblock oflag=direct status=none");

    private final String commands;

    GuestFile(final String commands) {
        this.commands = commands;
    }

    String commandsFor(final String path) {
        return "set -e; F=" + path + "; " + commands;
    }

    String path() {
        return "/data/" + name().toLowerCase().replace('_', '-');
    }
}
