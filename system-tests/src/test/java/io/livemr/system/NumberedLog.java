package io.livemr.system;

import io.livemr.lab.LabVm;
import io.livemr.lab.ssh.GuestCommand;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A log that a guest goes on writing by itself, whoever is watching: each line is its number, so any byte of it is known. */
final class NumberedLog {
    private static final int LINE_BYTES = 64;
    private static final String WRITER = """
        i=0
        while [ ! -e $1.stop ]; do
          n=$((i + 50))
          while [ $i -lt $n ]; do printf '%0WIDTHd\\n' $i; i=$((i + 1)); done >> $1
          sync $1
        done
        touch $1.stopped
        """.replace("WIDTH", Integer.toString(LINE_BYTES - 1));

    private final LabVm vm;
    private final String path;

    private NumberedLog(final LabVm vm, final String path) {
        this.vm = vm;
        this.path = path;
    }

    static NumberedLog create(final LabVm vm, final String path) {
        vm.execAs(Site.OWNER, ": > " + path).orThrow();
        return new NumberedLog(vm, path);
    }

    void start() {
        vm.run(GuestCommand.of("cat > " + path + ".sh; setsid sh " + path + ".sh " + path + " > /dev/null 2>&1 &").as(Site.OWNER).stdin(WRITER)).orThrow();
    }

    /** Returns when no line is written any more. */
    void stop() {
        vm.execAs(Site.OWNER, "touch " + path + ".stop; while [ ! -e " + path + ".stopped ]; do usleep 50000; done").orThrow();
    }

    static void requirePrefix(final byte[] read) {
        for (int from = 0; from < read.length; from += LINE_BYTES) {
            final byte[] line = String.format("%0" + (LINE_BYTES - 1) + "d\n", from / LINE_BYTES).getBytes(StandardCharsets.US_ASCII);
            final int lengthBytes = Math.min(LINE_BYTES, read.length - from);
            if (!Arrays.equals(read, from, from + lengthBytes, line, 0, lengthBytes)) {
                throw new AssertionError("line " + from / LINE_BYTES + " is not what the guest wrote: "
                    + new String(read, from, lengthBytes, StandardCharsets.ISO_8859_1));
            }
        }
    }
}
