package io.livemr.system.failpoint;

import io.livemr.lab.LabVm;

/** Where the log of a VM's agent ended at some moment. */
record GuestLogEnd(LabVm vm, long offset) {
    private static final String LOG = "/var/log/livemr-agent.log";

    static GuestLogEnd of(final LabVm vm) {
        return new GuestLogEnd(vm, Long.parseLong(Repeated.exec(vm, "stat -c %s " + LOG).strip()));
    }

    /** Whether the agent has said this since. Looks for a second, in the guest: each command is work for a guest whose processor is emulated. */
    boolean isFollowedBy(final String words) {
        return vm.exec("for i in 1 2 3 4; do tail -c +" + (offset + 1) + " " + LOG + " | grep -q '" + words + "' && exit 0; usleep 250000; done; exit 1").succeeded();
    }
}
