package io.livemr.bench.overhead;

import io.livemr.bench.host.Site;
import io.livemr.bench.measure.Contender;
import io.livemr.lab.GuestProgram;
import io.livemr.lab.LabVm;
import io.livemr.lab.domain.QemuCounters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The files of one guest, half of them granted, and the load on either half. One thread. */
final class OverheadRun {
    private static final String FREE = "free";
    private static final String GRANTED = "granted";
    private static final int MOST_FILES = 16;
    private static final Duration LIMIT = Duration.ofMinutes(5);

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

    Contender granted(final Load how) {
        return contender("granted files", how, GRANTED);
    }

    Contender free(final Load how) {
        return contender("files that are not", how, FREE);
    }

    private Contender contender(final String name, final Load how, final String set) {
        return new Contender(name + ", appends/s", () -> {
            final List<String> arguments = new ArrayList<>(List.of(how.way(), Integer.toString(appends)));
            arguments.addAll(List.of(how.files(set)));
            return Double.parseDouble(load.run(LIMIT, arguments.toArray(String[]::new)));
        });
    }

    /** Records that QEMU had to hold back at one time because their data was not in the image yet (the paper saw at most 10). */
    long mostWaiting() {
        return QemuCounters.of(vm).get("waiting-max");
    }

    /** How long ext4 may keep an update before it tells: 0 tells of each write at once. */
    void flushAgeMillis(final int millis) {
        vm.exec("for file in /sys/fs/ext4/*/livemr_flush_ms; do echo " + millis + " > $file; done").orThrow();
    }
}
