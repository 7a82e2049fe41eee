package io.livemr.agent;

import io.livemr.agent.channel.ComposerLink;
import io.livemr.agent.channel.LeaseClock;
import io.livemr.agent.channel.Lines;
import io.livemr.agent.channel.Sessions;
import io.livemr.agent.consent.ConsentMail;
import io.livemr.agent.consent.GrantRequests;
import io.livemr.agent.consent.GrantSocket;
import io.livemr.agent.consent.OwnerCommands;
import io.livemr.agent.consent.RequestStore;
import io.livemr.agent.disk.LayoutResolver;
import io.livemr.agent.disk.SuperBlock;
import io.livemr.agent.file.GuestFileOpener;
import io.livemr.agent.grant.GrantStore;
import io.livemr.agent.grant.Policy;
import io.livemr.agent.listing.Listings;
import io.livemr.agent.loop.WorkLoop;
import io.livemr.agent.pin.GrantedFiles;
import io.livemr.agent.pin.PinVerifier;
import io.livemr.agent.report.Counters;
import io.livemr.agent.route.KernelMaps;
import io.livemr.agent.route.MapCommand;
import io.livemr.agent.route.MapRoutes;
import io.livemr.agent.route.VendorCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The parts of one agent, put together. Closing it stops the work and leaves every pin in place. */
final class Agent implements AutoCloseable {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final WorkLoop loop;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(Agent::heartThread);
    private final ComposerLink link;
    private final GrantedFiles files;
    private final GrantRequests requests;
    private final GrantSocket socket;
    private final ComposerCommands commands;

    Agent(final Main settings) throws IOException {
        this(settings, KernelMaps.RUNNING, new VendorCommand(!settings.maps.equals(MapRoutes.AUTO)));
    }

    /** With a kernel and disks that are not this system's, for tests. */
    Agent(final Main settings, final KernelMaps kernel, final MapCommand command) throws IOException {
        final Counters counters = new Counters();
        final Clock clock = Clock.systemUTC();
        final LeaseClock lease = new LeaseClock(System::nanoTime);
        final GrantStore store = new GrantStore(settings.state, Lines.JSON);
        final LayoutResolver layouts = LayoutResolver.ofThisSystem(settings.allowVirtualDisks);
        final GuestFileOpener opener = new GuestFileOpener(layouts, new SuperBlock(Path.of("/sys"), Path.of("/dev")));
        lease.assumeJustSent(store.leaseMillis());

        loop = new WorkLoop(2 * settings.fileLimit + settings.requestLimit);
        link = new ComposerLink(settings.port, settings.queueLines, lease, counters);
        final Sessions sessions = new Sessions(link, heart, Files.readString(BOOT_ID).trim());
        final MapRoutes routes = new MapRoutes(settings.maps, kernel, command, loop);
        files = new GrantedFiles(
                new GrantedFiles.Settings(
                        settings.flushAgeMillis, settings.flushBytes, settings.recheckSeconds * 1_000),
                store, sessions, lease, loop, counters, clock, new PinVerifier(opener, layouts), routes);
        final RequestStore open = new RequestStore(settings.state, Lines.JSON);
        final Policy policy = new Policy(settings.policy, Lines.JSON);
        requests = new GrantRequests(
                new GrantRequests.Settings(settings.fileLimit, settings.requestLimit,
                        settings.consentTimeoutSeconds, settings.defaultTtlSeconds),
                opener, policy, files, routes, open,
                new ConsentMail(settings.sendmail), sessions, loop, counters, clock);
        socket = new GrantSocket(settings.socket, loop, new OwnerCommands(opener, files, open, requests));
        commands = new ComposerCommands(loop, sessions, store, files, requests,
                new Listings(policy, sessions, loop, counters), new StatusReport(sessions, link, files, requests, counters), counters);
    }

    void start() {
        files.start();
        requests.start();
        socket.start();
        link.start(commands);
    }

    private static Thread heartThread(final Runnable work) {
        final Thread thread = new Thread(work, "heartbeat");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() throws IOException {
        link.close();
        socket.close();
        loop.close();
        heart.shutdownNow();
    }
}
