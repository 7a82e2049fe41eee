package io.livemr.control.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real Hadoop jars of hdfs-bridge/hadoop-runtime with local files and the local job runner; the linker is these tests' stand-in. */
public final class TestHadoop {

    private static final Path LIBRARIES = Path.of("../hdfs-bridge/hadoop-runtime/target/lib").toAbsolutePath().normalize();
    private static final Path EXAMPLES = Path.of("../examples/target/examples-0.1.0-SNAPSHOT.jar").toAbsolutePath().normalize();

    private TestHadoop() { }

    public static void requireIt() {
        assumeTrue(Files.isDirectory(LIBRARIES), "skipped: " + LIBRARIES + " is not built; mvn -pl hdfs-bridge/hadoop-runtime package");
    }

    public static byte[] examplesJar() throws IOException {
        assumeTrue(Files.exists(EXAMPLES), "skipped: " + EXAMPLES + " is not built; mvn -pl examples package");
        return Files.readAllBytes(EXAMPLES);
    }

    /** Folder of the jars. */
    public static Path libraries() {
        return LIBRARIES;
    }

    public static String classpath() {
        return LIBRARIES + "/*" + File.pathSeparator + Path.of("target/test-classes").toAbsolutePath();
    }

    public static Path writeConf(final Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("core-site.xml"), xml("fs.defaultFS", "file:///"));
        Files.writeString(folder.resolve("mapred-site.xml"), xml("mapreduce.framework.name", "local"));
        return folder;
    }

    private static String xml(final String name, final String value) {
        return "<configuration><property><name>" + name + "</name><value>" + value + "</value></property></configuration>\n";
    }
}
