package io.livemr.launcher.stack;

import io.livemr.launcher.client.ComposerClient;
import io.livemr.launcher.client.PanelClient;
import io.livemr.launcher.client.WebHdfsClient;
import io.livemr.launcher.process.LogTail;
import io.livemr.launcher.process.PidFile;
import io.livemr.launcher.process.ProcessIdentity;
import io.livemr.launcher.process.Squatters;
import io.livemr.launcher.process.StartFailedException;
import io.livemr.launcher.process.SupervisedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The running processes of one host. They serve when {@link #start} returns; {@link #close} ends them all, and so does the
 * end of this JVM, however it ends. State stays in the folder. Safe to share between threads.
 */
public final class Stack implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration FORMAT_LIMIT = Duration.ofSeconds(60);

    private final StackSpec spec;
    private final Layout layout;
    private final Installation installation;
    private final StackLock lock;
    private final Ports ports;
    private final Services services;
    private final Map<String, SupervisedProcess> processes = new LinkedHashMap<>();
    private final Thread closeAtExit = new Thread(this::end, "stop-stack");
    private boolean ended;

    private Stack(final StackSpec spec, final Installation installation) throws IOException {
        this.spec = spec;
        this.installation = installation;
        this.layout = new Layout(spec.run());
        this.lock = StackLock.take(layout.lock());
        this.ports = Ports.keptIn(layout.ports());
        this.services = new Services(installation, layout, ports, spec);
    }

    public static Stack start(final StackSpec spec) {
        return start(spec, step -> { });
    }

    /** @param progress told each step in a few words. */
    public static Stack start(final StackSpec spec, final Consumer<String> progress) {
        try {
            final Stack stack = new Stack(spec, Installation.find());
            Runtime.getRuntime().addShutdownHook(stack.closeAtExit);
            stack.startOrEnd(progress);
            return stack;
        } catch (final IOException e) {
            throw new StartFailedException("state folder " + spec.run() + ": " + e);
        }
    }

    private void startOrEnd(final Consumer<String> progress) throws IOException {
        try {
            prepare();
            startAll(progress);
            awaitHealthy();
            describe().writeTo(layout.description());
        } catch (final RuntimeException | IOException e) {
            close();
            throw e;
        }
    }

    private void prepare() throws IOException {
        Files.createDirectories(layout.log("x").getParent());
        Files.createDirectories(layout.hadoopTemp());
        Files.deleteIfExists(layout.description());
        endLeftovers();
        ports.requireFree(layout.ports());
        new HadoopConf(layout, ports, spec).write();
    }

    private void endLeftovers() throws IOException {
        for (final String name : List.of("panel", "datanode", "namenode", "composer")) {
            new PidFile(layout.pids().resolve(name + ".pid")).killLeftover();
        }
        Squatters.evict(layout.panel());
        releaseMount();
    }

    /** All at once: each waits for what it needs by itself. Only the NameNode's format comes first. */
    private void startAll(final Consumer<String> progress) {
        progress.accept("starting the composer");
        add(new SupervisedProcess(services.composer(composer()), layout.pids()));
        if (spec.withPanel()) {
            progress.accept("starting the control panel");
            add(new SupervisedProcess(services.panel(panel()), layout.pids()));
        }
        formatOnce(progress);
        progress.accept("starting HDFS");
        add(new SupervisedProcess(services.nameNode(webHdfs()), layout.pids()));
        add(new SupervisedProcess(services.dataNode(webHdfs()), layout.pids()));
    }

    private synchronized void add(final SupervisedProcess process) {
        if (ended) {
            throw new IllegalStateException("the stack is being stopped");
        }
        processes.put(process.name(), process.start());
    }

    private void formatOnce(final Consumer<String> progress) {
        if (Files.exists(layout.name().resolve("current/VERSION"))) {
            return;
        }
        progress.accept("formatting HDFS");
        final Path log = layout.log("format");
        if (!OneShot.run(services.formatCommand(), log, FORMAT_LIMIT)) {
            throw new StartFailedException("HDFS could not be formatted; the end of " + log + ":\n" + LogTail.of(log, 25));
        }
    }

    /** Waits until every process serves. */
    public void awaitHealthy() {
        processes().forEach(process -> process.awaitHealthy(START_LIMIT));
    }

    private synchronized Collection<SupervisedProcess> processes() {
        return List.copyOf(processes.values());
    }

    /** @param name {@code composer}, {@code namenode}, {@code datanode} or {@code panel}. */
    public synchronized SupervisedProcess process(final String name) {
        final SupervisedProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException("no process named " + name + "; there are " + processes.keySet());
        }
        return process;
    }

    public StackDescription describe() {
        return new StackDescription(ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow().toString(),
            layout.run().toString(), ports.url("composer").toString(), spec.withPanel() ? ports.url("panel").toString() : null,
            ports.url("namenode-http").toString(), "hdfs://" + ports.address("namenode"), layout.conf().toString());
    }

    public ComposerClient composer() {
        return describe().composer();
    }

    public PanelClient panel() {
        return describe().panel();
    }

    public WebHdfsClient webHdfs() {
        return describe().webHdfs();
    }

    public HdfsShell shell() {
        return new HdfsShell(installation, layout.conf());
    }

    public Path hadoopConf() {
        return layout.conf();
    }

    public Layout layout() {
        return layout;
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(closeAtExit);
        } catch (final IllegalStateException e) {
            return;     // this JVM is ending already, and the hook may be what called
        }
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        stopAll();
        try {
            Files.deleteIfExists(layout.description());
            releaseMount();
        } catch (final IOException e) {
            throw new StartFailedException("state folder " + layout.run() + ": " + e);
        } finally {
            lock.release();
        }
    }

    /** Readers before what they read from; HDFS and the panel together, for each takes a second or two. Jobs end with their panel. */
    private void stopAll() {
        processes.values().parallelStream().filter(process -> !process.name().equals("composer")).forEach(SupervisedProcess::stop);
        Squatters.evict(layout.panel());
        processes.values().forEach(SupervisedProcess::stop);
    }

    private void releaseMount() throws IOException {
        try {
            MountPoint.release(layout.mount());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
