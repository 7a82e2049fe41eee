package io.livemr.agent;

import io.livemr.agent.route.KernelMaps;
import io.livemr.agent.route.MapCommand;
import io.livemr.agent.route.VendorCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** One agent in this process, a composer to talk to, and a disk. */
final class AgentFixture implements AutoCloseable {

    static final long LEASE_MILLIS = 1_000;

    final Path folder;
    final LoopDisk disk;
    final TestComposer composer;
    final Main settings = new Main();
    KernelMaps kernel = KernelMaps.RUNNING;
    MapCommand command = new VendorCommand(false);
    private Agent agent;

    AgentFixture(final LoopDisk disk) throws IOException {
        this.disk = disk;
        folder = Files.createTempDirectory("livemr-agent");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        composer = new TestComposer(folder.resolve("port"), 400 * 2_048);
        settings.port = folder.resolve("port");
        settings.socket = folder.resolve("run/grant.sock");
        settings.policy = folder.resolve("policy.json");
        settings.state = folder.resolve("state");
        settings.maps = "auto";
        settings.sendmail = folder.resolve("sendmail");
        settings.flushAgeMillis = 5;
        settings.flushBytes = 4 << 20;
        settings.recheckSeconds = 30;
        settings.consentTimeoutSeconds = 3_600;
        settings.defaultTtlSeconds = 604_800;
        settings.fileLimit = 1_000;
        settings.requestLimit = 64;
        settings.queueLines = 64;
        settings.allowVirtualDisks = true;
        allow("{\"allow\":[{\"requester\":\"ana\",\"paths\":[\"" + disk.mount() + "/**\"]}]}");
        Files.writeString(settings.sendmail, "#!/bin/sh\ncat >> " + folder.resolve("mail") + "\n");
        Files.setPosixFilePermissions(settings.sendmail, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    AgentFixture start() throws IOException {
        agent = new Agent(settings, kernel, command);
        agent.start();
        composer.begin(LEASE_MILLIS);
        return this;
    }

    void stopAgent() throws IOException {
        agent.close();
        composer.hangUp();
    }

    void allow(final String policy) throws IOException {
        Files.writeString(settings.policy, policy);
        Files.setPosixFilePermissions(settings.policy, PosixFilePermissions.fromString("rw-r--r--"));
    }

    Path file(final String name) {
        return disk.mount().resolve(name);
    }

    @Override
    public void close() throws IOException {
        agent.close();
        closeComposer();
    }

    void closeComposer() throws IOException {
        composer.close();
        // A mail may just be arriving in it.
        LoopDisk.run("sh", "-c", "rm -rf " + folder + " || rm -rf " + folder);
    }
}
