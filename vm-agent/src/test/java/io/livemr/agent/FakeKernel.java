package io.livemr.agent;

import io.livemr.agent.kernel.Descriptor;
import io.livemr.agent.kernel.KernelException;
import io.livemr.agent.route.KernelMaps;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A kernel that tells maps itself: it writes down what it is asked, or answers with an errno. */
final class FakeKernel implements KernelMaps {

    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile int announceErrno;
    volatile int withdrawErrno;

    @Override
    public void announce(final Descriptor file, final long epoch) throws IOException {
        asked.add("announce " + epoch);
        answer(announceErrno);
    }

    @Override
    public void withdraw(final Descriptor file) throws IOException {
        asked.add("withdraw");
        answer(withdrawErrno);
    }

    private static void answer(final int errno) throws KernelException {
        if (errno != 0) {
            throw new KernelException("livemr", "fake", errno);
        }
    }
}
