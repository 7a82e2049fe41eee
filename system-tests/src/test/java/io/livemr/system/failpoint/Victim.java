package io.livemr.system.failpoint;

import static org.awaitility.Awaitility.await;

import io.livemr.failpoint.Program;
import io.livemr.lab.LabVm;
import io.livemr.launcher.process.SupervisedProcess;
import io.livemr.system.Site;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** A program that is killed while another one stands at a point. */
enum Victim {
    COMPOSER, DATANODE, NAMENODE, AGENT, QEMU, PANEL;

    private static final String BLOCKS_REPORTED = "Successfully sent block report";

    private static final String SESSION_BEGINS = "session begins";

    /** How the program that takes the killed one's place comes to serve. */
    @FunctionalInterface
    interface Return {
        /** Until it serves, or does all that it can while another program stands still. */
        void await();

        /** When that one goes on. */
        default void awaitSession() { }
    }

    /** An agent serves in a session, which a composer that stands at a point may not begin. */
    private record AgentReturn(Runnable start, BooleanSupplier hasSession) implements Return {
        @Override
        public void await() {
            start.run();
        }

        @Override
        public void awaitSession() {
            Awaitility.await(SESSION_BEGINS).atMost(Site.LIMIT).ignoreExceptions().until(hasSession::getAsBoolean);
        }
    }

    /** Also what the stack calls it. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean is(final Program program) {
        return name().equals(program.name());
    }

    Return kill(final Site site, final LabVm vm) throws IOException {
        return switch (this) {
            case AGENT -> killAgent(vm);
            case QEMU -> killQemu(site, vm);
            case DATANODE -> killDataNode(site.stack().process(title()));
            case NAMENODE -> killNameNode(site);
            default -> kill(site.stack().process(title()));
        };
    }

    private static Return kill(final SupervisedProcess process) {
        final int before = process.restarts();
        process.killForcibly();
        return () -> {
            await(process.name() + " started again").atMost(Site.LIMIT).until(() -> process.restarts() > before && process.isAlive());
            process.awaitHealthy(Site.LIMIT);
        };
    }

    /** The NameNode counts a dead DataNode as live for some seconds; a new one serves when it has told of its blocks. */
    private static Return killDataNode(final SupervisedProcess process) throws IOException {
        final LogEnd end = LogEnd.of(process.logFile());
        process.killForcibly();
        return () -> await("blocks reported").atMost(Site.LIMIT).until(() -> end.isFollowedBy(BLOCKS_REPORTED));
    }

    /** A new NameNode has blocks when the DataNode has come to it. */
    private static Return killNameNode(final Site site) {
        final Return served = kill(site.stack().process(NAMENODE.title()));
        return () -> {
            served.await();
            await("DataNode registered").atMost(Site.LIMIT).until(() -> site.stack().webHdfs().problem(1).isEmpty());
        };
    }

    private static Return killAgent(final LabVm vm) {
        final long pid = await("the agent's pid").atMost(Site.LIMIT).until(vm::agentPid, Optional::isPresent).orElseThrow();
        final GuestLogEnd end = GuestLogEnd.of(vm);
        Repeated.exec(vm, "kill -9 " + pid + " || ! kill -0 " + pid);
        return new AgentReturn(() -> await("agent started again").atMost(Site.LIMIT).until(() -> vm.agentPid().filter(other -> other != pid).isPresent()),
            () -> end.isFollowedBy(SESSION_BEGINS));
    }

    /** The agent's death too. */
    private static Return killQemu(final Site site, final LabVm vm) {
        vm.killQemu();
        return new AgentReturn(vm::start, () -> isConnected(site, vm));
    }

    private static boolean isConnected(final Site site, final LabVm vm) {
        return StreamSupport.stream(site.stack().composer().vms().spliterator(), false)
            .anyMatch(found -> found.path("name").asText().equals(vm.domain()) && found.path("agent").asText().equals("connected"));
    }
}
