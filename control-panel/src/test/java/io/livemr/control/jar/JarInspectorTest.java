package io.livemr.control.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.livemr.control.support.TestSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad jars, one row each. G13. */
class JarInspectorTest {

    private static final int ENTRY_LIMIT = 10;
    private static final int UNPACKED_LIMIT_BYTES = 100_000;
    private static final String MAIN = "a/Main.class";

    @TempDir
    private Path folder;

    static Stream<Arguments> badJars() throws IOException {
        final byte[] good = zip(Map.of(MAIN, new byte[500]));
        return Stream.of(
            arguments("no zip", JarReason.NOT_A_ZIP, "a.Main", "not a zip at all".getBytes(UTF_8)),
            arguments("empty", JarReason.NOT_A_ZIP, "a.Main", new byte[0]),
            arguments("cut", JarReason.NOT_A_ZIP, "a.Main", java.util.Arrays.copyOf(good, good.length / 2)),
            arguments("damaged", JarReason.NOT_A_ZIP, "a.Main", damagedContent()),
            arguments("climbs", JarReason.BAD_ENTRY_NAME, "a.Main", zip(Map.of(MAIN, new byte[1], "../evil", new byte[1]))),
            arguments("climbs inside", JarReason.BAD_ENTRY_NAME, "a.Main", zip(Map.of(MAIN, new byte[1], "x/../../evil", new byte[1]))),
            arguments("absolute", JarReason.BAD_ENTRY_NAME, "a.Main", zip(Map.of(MAIN, new byte[1], "/etc/passwd", new byte[1]))),
            arguments("backslash", JarReason.BAD_ENTRY_NAME, "a.Main", zip(Map.of(MAIN, new byte[1], "..\\evil", new byte[1]))),
            arguments("twice", JarReason.DUPLICATE_ENTRY, "a.Main", withDuplicate()),
            arguments("many", JarReason.TOO_MANY_ENTRIES, "a.Main", withEntries(ENTRY_LIMIT + 1)),
            arguments("bomb", JarReason.UNPACKED_TOO_LARGE, "a.Main", zip(Map.of(MAIN, new byte[1], "zeros", new byte[UNPACKED_LIMIT_BYTES]))),
            arguments("bomb that lies about its size", JarReason.UNPACKED_TOO_LARGE, "a.Main", lyingBomb()),
            arguments("other class", JarReason.NO_MAIN_CLASS, "a.Other", good),
            arguments("class named nowhere", JarReason.NO_MAIN_CLASS, "", good),
            arguments("manifest's class missing", JarReason.NO_MAIN_CLASS, "", zip(Map.of("META-INF/MANIFEST.MF", manifest("a.Gone")))),
            arguments("manifest names another", JarReason.MAIN_CLASS_MISMATCH, "a.Main", zip(Map.of(MAIN, new byte[1],
                "META-INF/MANIFEST.MF", manifest("a.Other")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badJars")
    void shouldRefuse(final String name, final JarReason reason, final String mainClass, final byte[] jar) throws IOException {
        final Path file = Files.write(folder.resolve("job.jar"), jar);

        final RejectedJarException refusal = catchThrowableOfType(RejectedJarException.class, () -> inspector().inspect(file, mainClass));

        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
    }

    @Test
    void shouldTakeTheMainClassOfTheManifest() throws Exception {
        final Path jar = Files.write(folder.resolve("job.jar"), zip(Map.of(MAIN, new byte[1], "META-INF/MANIFEST.MF", manifest("a.Main"))));

        assertThat(inspector().inspect(jar, null)).isEqualTo(new JarInspector.Main("a.Main", true));
        assertThat(inspector().inspect(jar, "a.Main")).isEqualTo(new JarInspector.Main("a.Main", true));
    }

    @Test
    void shouldTakeAJarAtItsLimits() throws Exception {
        final Path jar = Files.write(folder.resolve("job.jar"), withEntries(ENTRY_LIMIT));

        assertThat(inspector().inspect(jar, "a.Main")).isEqualTo(new JarInspector.Main("a.Main", false));
    }

    @Test
    void shouldGiveAReasonForEveryDamage() throws Exception {
        final long seed = Long.parseLong(System.getProperty("seed", "").isBlank() ? "" + System.nanoTime() : System.getProperty("seed"));
        System.out.println("replay: -Dseed=" + seed);
        final Random random = new Random(seed);
        final byte[] good = zip(Map.of(MAIN, new byte[300], "b", new byte[300], "META-INF/MANIFEST.MF", manifest("a.Main")));

        for (int round = 0; round < 500; round++) {
            final Path jar = Files.write(folder.resolve("job.jar"), damage(good, random));
            try {
                assertThat(inspector().inspect(jar, "a.Main").name()).isEqualTo("a.Main");
            } catch (final RejectedJarException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    private JarInspector inspector() {
        return new JarInspector(TestSettings.of(folder, "jars.entry-limit", "" + ENTRY_LIMIT, "jars.unpacked-limit", UNPACKED_LIMIT_BYTES + "B"));
    }

    private static byte[] damage(final byte[] good, final Random random) {
        final byte[] bad = good.clone();
        for (int n = random.nextInt(4); n >= 0; n--) {
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
        }
        return bad;
    }

    private static byte[] zip(final Map<String, byte[]> entries) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (final Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] withEntries(final int count) throws IOException {
        final Map<String, byte[]> entries = new LinkedHashMap<>(Map.of(MAIN, new byte[UNPACKED_LIMIT_BYTES]));
        IntStream.range(1, count).forEach(i -> entries.put("e" + i, new byte[0]));
        return zip(entries);
    }

    private static byte[] manifest(final String main) {
        return ("Manifest-Version: 1.0\r\nMain-Class: " + main + "\r\n\r\n").getBytes(UTF_8);
    }

    /** Two entries of one name: made as two names of one length, then renamed in the bytes. */
    private static byte[] withDuplicate() throws IOException {
        return replaced(zip(Map.of(MAIN, new byte[1], "x/Main.class", new byte[1])), "x/Main.class", MAIN);
    }

    /** The directory says 1 byte; what comes out is far more. */
    private static byte[] lyingBomb() throws IOException {
        final byte[] jar = zip(new LinkedHashMap<>(Map.of(MAIN, new byte[2 * UNPACKED_LIMIT_BYTES])));
        final int directory = new String(jar, java.nio.charset.StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
        jar[directory + 24] = 1;
        jar[directory + 25] = 0;
        jar[directory + 26] = 0;
        jar[directory + 27] = 0;
        return jar;
    }

    private static byte[] damagedContent() throws IOException {
        final byte[] content = new byte[5_000];
        new Random(1).nextBytes(content);
        final byte[] jar = zip(Map.of(MAIN, content));
        java.util.Arrays.fill(jar, 60, 200, (byte) 0xff);
        return jar;
    }

    private static byte[] replaced(final byte[] bytes, final String from, final String to) {
        final java.nio.charset.Charset latin1 = java.nio.charset.StandardCharsets.ISO_8859_1;
        return new String(bytes, latin1).replace(from, to).getBytes(latin1);
    }
}
