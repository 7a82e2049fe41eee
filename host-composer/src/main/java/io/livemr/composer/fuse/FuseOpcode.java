package io.livemr.composer.fuse;

import java.util.Locale;

/** What the kernel can ask: {@code enum fuse_opcode} of include/uapi/linux/fuse.h, as far as a read-only file system has an answer. */
enum FuseOpcode {
    LOOKUP(1),
    FORGET(2),
    GETATTR(3),
    SETATTR(4),
    SYMLINK(6),
    MKNOD(8),
    MKDIR(9),
    UNLINK(10),
    RMDIR(11),
    RENAME(12),
    LINK(13),
    OPEN(14),
    READ(15),
    WRITE(16),
    STATFS(17),
    RELEASE(18),
    SETXATTR(21),
    GETXATTR(22),
    LISTXATTR(23),
    REMOVEXATTR(24),
    INIT(26),
    OPENDIR(27),
    READDIR(28),
    RELEASEDIR(29),
    ACCESS(34),
    CREATE(35),
    INTERRUPT(36),
    DESTROY(38),
    BATCH_FORGET(42),
    FALLOCATE(43),
    RENAME2(45),
    TMPFILE(51),
    /** Anything else; the kernel learns ENOSYS and, for most opcodes, asks no more. */
    OTHER(0);

    private static final FuseOpcode[] BY_NUMBER = new FuseOpcode[64];

    static {
        for (final FuseOpcode opcode : values()) {
            BY_NUMBER[opcode.number] = opcode;
        }
    }

    private final int number;
    private final String label = name().toLowerCase(Locale.ROOT);

    FuseOpcode(final int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** For metrics. */
    String label() {
        return label;
    }

    static FuseOpcode of(final int number) {
        final FuseOpcode opcode = number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : OTHER;
        return opcode == null ? OTHER : opcode;
    }

    /** The kernel takes no answer to these; a write for one of them is an error. */
    boolean isUnanswered() {
        return this == FORGET || this == BATCH_FORGET || this == INTERRUPT;
    }

    /** Waits for bytes, so it may take as long as a resync. */
    boolean mayBlock() {
        return this == READ || this == OPEN;
    }

    /** Would change something; a read-only mount stops nearly all of them before they get here. */
    boolean isWrite() {
        return switch (this) {
            case SETATTR, SYMLINK, MKNOD, MKDIR, UNLINK, RMDIR, RENAME, LINK, WRITE, SETXATTR, REMOVEXATTR, CREATE, FALLOCATE, RENAME2,
                TMPFILE -> true;
            default -> false;
        };
    }
}
