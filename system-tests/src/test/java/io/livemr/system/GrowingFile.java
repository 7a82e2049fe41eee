package io.livemr.system;

import io.livemr.lab.LabVm;
import io.livemr.lab.ssh.GuestCommand;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Random;

/** The bytes a file will have had, cut into appends of random size; the whole is known before the first is written. */
final class GrowingFile {
    private final byte[] bytes;
    private final int[] ends;

    GrowingFile(final long seed, final int growths, final int mostBytes) {
        final Random random = new Random(seed);
        this.ends = new int[growths];
        int end = 0;
        for (int i = 0; i < growths; i++) {
            end += 1 + random.nextInt(mostBytes);
            ends[i] = end;
        }
        this.bytes = new byte[end];
        random.nextBytes(bytes);
    }

    /** One append a command; every second one is forced to the disk by its writer, the others by the agent. */
    void appendAll(final LabVm vm, final String path) {
        for (int i = 0; i < ends.length; i++) {
            final int from = i == 0 ? 0 : ends[i - 1];
            final String force = i % 2 == 0 ? " && sync " + path : "";
            vm.run(GuestCommand.of("cat >> " + path + force).as(Site.OWNER)
                .stdin(new ByteArrayInputStream(bytes, from, ends[i] - from))).orThrow();
        }
    }

    void requirePrefix(final byte[] read) {
        if (read.length > bytes.length) {
            throw new AssertionError("read " + read.length + " bytes of a file that never had more than " + bytes.length);
        }
        final int wrong = Arrays.mismatch(read, 0, read.length, bytes, 0, read.length);
        if (wrong >= 0) {
            throw new AssertionError("byte " + wrong + " of " + read.length + " is not what the guest wrote");
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int lengthBytes() {
        return bytes.length;
    }
}
