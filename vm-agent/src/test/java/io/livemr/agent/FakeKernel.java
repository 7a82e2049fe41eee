package io.livemr.agent;

import io.livemr.agent.kernel.Descriptor;
import io.livemr.agent.kernel.KernelException;
import io.livemr.agent.route.KernelMaps;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A kernel that tells maps itself: it writes down what it is asked, or answers with an errno. Keeps count of one file only. */
final class FakeKernel implements KernelMaps {

    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile int probeErrno;
    volatile int announceErrno;
    private volatile boolean announced;

    @Override
    public void probe(final Descriptor file) throws IOException {
        asked.add("probe");
        answer(probeErrno);
    }

    @Override
    public void announce(final Descriptor file, final long epoch) throws IOException {
        asked.add("announce " + epoch);
        answer(announceErrno);
        announced = true;
    }

    @Override
    public void withdraw(final Descriptor file) throws IOException {
        asked.add("withdraw");
        answer(announced ? 0 : KernelException.ENODATA);
        announced = false;
    }

    /** ext4 takes a file back by itself, for example when its last name has gone. */
    void takeBack() {
        announced = false;
    }

    private static void answer(final int errno) throws KernelException {
        if (errno != 0) {
            throw new KernelException("livemr", "fake", errno);
        }
    }
}
