package io.livemr.composer.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.livemr.composer.vm.VmDescription.State;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** Against libvirt's own test driver, which lives in this process and needs no daemon. */
class VmWatchTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final VmObserver recorder = new VmObserver() {
        @Override
        public void changed(final VmDescription vm, final String reason) {
            heard.add("changed " + vm.name() + " " + vm.state() + " " + reason);
        }

        @Override
        public void layoutSuspect(final UUID vm, final String reason) {
            heard.add("suspect " + reason);
        }

        @Override
        public void undefined(final UUID vm) {
            heard.add("undefined");
        }

        @Override
        public void listening(final boolean listening) {
            heard.add("listening " + listening);
        }
    };

    @BeforeEach
    void requireLibvirt() {
        assumeTrue(loads(), "libvirt0 is not installed");
    }

    private static boolean loads() {
        try {
            LibvirtEventLoop.startOnce();
            return true;
        } catch (final LibvirtException | UnsatisfiedLinkError e) {
            return false;
        }
    }

    private void awaitHeard(final String what) {
        Awaitility.await(what).atMost(Duration.ofSeconds(10)).until(() -> heard.contains(what));
    }

    @Test
    void shouldFindTheDomainsThatAreThereAndSayThatItListens() {
        try (VmWatch watch = new VmWatch("test:///default", recorder, Duration.ofMillis(100))) {
            watch.start();
            awaitHeard("listening true");
            assertThat(heard.indexOf("changed test RUNNING discovered")).isBetween(0, heard.indexOf("listening true") - 1);
        }
    }

    @Test
    void shouldFollowWhatHappensToADomain() throws Exception {
        try (VmWatch watch = new VmWatch("test:///default", recorder, Duration.ofMillis(100))) {
            watch.start();
            awaitHeard("changed test " + State.RUNNING + " discovered");
            final Domain domain = new Connect("test:///default").domainLookupByName("test");

            domain.suspend();
            awaitHeard("suspect suspended");
            awaitHeard("changed test PAUSED suspended");
            domain.resume();
            awaitHeard("changed test RUNNING resumed");
        }
    }

    @Test
    void shouldKeepTryingWhileLibvirtIsNotThere() {
        try (VmWatch watch = new VmWatch("qemu+unix:///system?socket=/nonexistent/sock", recorder, Duration.ofMillis(50))) {
            watch.start();
            Awaitility.await().atMost(Duration.ofSeconds(10))
                    .until(() -> heard.stream().filter("listening false"::equals).count() >= 2);
            assertThat(heard).doesNotContain("listening true");
        }
    }
}
