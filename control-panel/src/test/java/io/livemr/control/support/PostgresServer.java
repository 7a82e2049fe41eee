package io.livemr.control.support;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** Debian's PostgreSQL on loopback, not as root, in a folder and under a port of its own. One serves all tests of a JVM, each in its own database. */
public final class PostgresServer {

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String USER = "livemr";
    private static final String PASSWORD = "let me in";
    private static PostgresServer shared;

    private final Path programs;
    private final Path folder;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();
    private Process process;

    private PostgresServer(final Path programs) throws IOException {
        this.programs = programs;
        this.folder = Files.createTempDirectory("postgres");
        this.port = ProgramFolder.freePort();
    }

    /** The one of this JVM, running; skips the test where PostgreSQL is not installed. */
    public static synchronized PostgresServer shared() throws IOException {
        if (shared == null) {
            final PostgresServer server = new PostgresServer(newestInstalled());
            Runtime.getRuntime().addShutdownHook(new Thread(server::remove));
            server.initialise();
            server.start();
            shared = server;
        }
        return shared;
    }

    /** A new and empty database. */
    public String newDatabase() {
        final String name = "livemr" + databases.incrementAndGet();
        try (Connection connection = connect("postgres")) {
            connection.createStatement().execute("CREATE DATABASE " + name);
        } catch (final SQLException e) {
            throw new IllegalStateException(e);
        }
        return url(name) + "?user=" + USER + "&password=" + PASSWORD.replace(" ", "%20");
    }

    /** The panel's options for a new database, and {@code more}. */
    public String[] panelOptions(final String... more) {
        final String url = newDatabase();
        final List<String> options = new ArrayList<>(List.of("--spring.datasource.url=" + url.substring(0, url.indexOf('?')),
            "--spring.datasource.username=" + USER, "--spring.datasource.password=" + PASSWORD));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    public void start() throws IOException {
        process = run(folder.resolve("server.log"), "postgres", "-D", data(), "-p", Integer.toString(port), "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=", "-c", "fsync=off");
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            connect("postgres").close();
            return true;
        });
    }

    /** Ends it as a crash would: no client hears a goodbye. */
    public void crash() {
        process.destroyForcibly().onExit().join();
        // The crashed server's children notice by themselves, and hold its memory until then.
        await().atMost(Duration.ofSeconds(30)).until(() -> ProcessHandle.allProcesses().noneMatch(this::isOurs));
    }

    private boolean isOurs(final ProcessHandle other) {
        return other.info().commandLine().orElse("").contains(folder.toString());
    }

    private void initialise() throws IOException {
        final Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        own(folder);
        own(password);
        final Process initdb = run(folder.resolve("initdb.log"), "initdb", "-D", data(), "-U", USER, "--auth=scram-sha-256", "--pwfile=" + password,
            "--no-sync", "--encoding=UTF8", "--locale=C");
        if (initdb.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("initdb: " + Files.readString(folder.resolve("initdb.log")));
        }
    }

    private Process run(final Path log, final String program, final String... args) throws IOException {
        final List<String> command = new ArrayList<>(asNobody());
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(args));
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** PostgreSQL refuses to run as root. */
    private static List<String> asNobody() {
        return isRoot() ? List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups") : List.of();
    }

    private static void own(final Path file) throws IOException {
        if (isRoot()) {
            Files.setOwner(file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private void remove() {
        try {
            if (process != null) {
                process.destroy();
                process.onExit().join();
            }
            FileSystemUtils.deleteRecursively(folder);
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect(final String database) throws SQLException {
        return DriverManager.getConnection(url(database), USER, PASSWORD);
    }

    private String url(final String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static Path newestInstalled() throws IOException {
        assumeTrue(Files.isDirectory(INSTALLED), "skipped: PostgreSQL is not installed; scripts/install-debian-packages.sh --tests");
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.filter(version -> Files.exists(version.resolve("bin/postgres")))
                .max(Comparator.comparingInt(version -> Integer.parseInt(version.getFileName().toString()))).orElseThrow().resolve("bin");
        }
    }
}
