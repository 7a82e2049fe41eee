package io.livemr.bench.overhead;

import io.livemr.bench.host.Site;
import io.livemr.bench.measure.Comparison;
import io.livemr.lab.GuestProgram;
import io.livemr.lab.LabVm;
import io.livemr.lab.domain.QemuCounters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The files of one guest, half of them granted, and the load on either half. One thread. */
final class OverheadRun {
    private static final String FREE = "free";
    private static final String GRANTED = "granted";
    private static final int MOST_FILES = 16;
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private final LabVm vm;
    private final GuestProgram load;
    private final int appends;

    OverheadRun(final Site site, final int appends) {
        this.vm = site.vm();
        this.appends = appends;
        this.load = GuestProgram.install(vm, AppendLoad.class);
        vm.execAs(Site.OWNER, "for i in $(seq 0 " + (MOST_FILES - 1) + "); do : > /data/" + FREE + "-$i; : > /data/" + GRANTED + "-$i; done").orThrow();
        for (final String file : new Load("", MOST_FILES).files(GRANTED)) {
            site.compose(Site.REQUESTER, file);
        }
    }

    /** @param flushAgeMillis how long ext4 may keep an update before it tells: 0 tells of each write at once. */
    Comparison compare(final Load how, final int pairs, final int flushAgeMillis) {
        flushAgeMillis(flushAgeMillis);
        final List<String> arguments = new ArrayList<>(List.of(how.way(), Integer.toString(appends), Integer.toString(how.pairs(pairs)),
            Long.toString(how.restMillis(flushAgeMillis))));
        arguments.addAll(how.files(GRANTED));
        arguments.addAll(how.files(FREE));
        final double[][] rates = load.run(LIMIT, arguments.toArray(String[]::new)).lines().map(OverheadRun::ratesIn).toArray(double[][]::new);
        return Comparison.ofPairs("granted files", column(rates, 0), "files that are not", column(rates, 1));
    }

    private static double[] ratesIn(final String line) {
        return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static double[] column(final double[][] rates, final int index) {
        return Arrays.stream(rates).mapToDouble(pair -> pair[index]).toArray();
    }

    /** Records that QEMU had to hold back at one time because their data was not in the image yet (the paper saw at most 10). */
    long mostWaiting() {
        return QemuCounters.of(vm).get("waiting-max");
    }

    /** An unpatched kernel has no such files, and tells by the agent. */
    private void flushAgeMillis(final int millis) {
        vm.exec("for file in /sys/fs/ext4/*/livemr_flush_ms; do test ! -e $file || echo " + millis + " > $file; done").orThrow();
    }
}
