package io.livemr.launcher.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemr.lab.Lab;
import io.livemr.lab.LabSpec;
import io.livemr.lab.LabVm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's app and oracle, in a real VM. */
class DemoGuestIT {
    private static final int HISTORY_LINES = 5_000;

    @TempDir
    private static Path folder;
    private static Lab lab;
    private static LabVm vm;
    private static DemoGuest guest;

    @BeforeAll
    static void start() {
        lab = Lab.up(LabSpec.of(1).name("demo-it").state(folder.resolve("lab")));
        vm = lab.vm("vm1");
        guest = new DemoGuest(vm);
        guest.startApp(HISTORY_LINES);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @Test
    void shouldGrowByItselfAndNeverEndInsideALine() {
        final long first = lengthBytes();

        await().atMost(Duration.ofSeconds(30)).until(() -> lengthBytes() > first);
        final List<Long> lengths = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lengths.add(lengthBytes());
        }
        assertThat(lengths).allMatch(length -> length % DemoGuest.LINE_BYTES == 0);
    }

    @Test
    void shouldCountWordsAsAnIndependentCounterDoes() {
        final String bytes = new String(vm.exec("head -n " + HISTORY_LINES + " " + DemoGuest.LOG).stdoutBytes(), ISO_8859_1);
        final Map<String, Long> expected = List.of(bytes.strip().split("\\s+")).stream()
            .collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()));
        final String table = expected.entrySet().stream().map(e -> e.getKey() + "\t" + e.getValue() + "\n").collect(Collectors.joining());

        assertThat(WordTable.ofJobOutput(table.getBytes(ISO_8859_1)).differenceFrom(guest.countWords(HISTORY_LINES))).isEmpty();
        assertThat(bytes).hasSize(HISTORY_LINES * DemoGuest.LINE_BYTES);
    }

    @Test
    void shouldReportTheLengthAfterEachSync() {
        guest.pauseApp();
        final long before = lengthBytes();
        final List<Long> lengths = new ArrayList<>();

        guest.appendMarked(3, new LineStamper((line, nanos) -> lengths.add(Long.parseLong(line))));
        guest.resumeApp();

        assertThat(lengths).containsExactly(before + 64, before + 128, before + 192);
    }

    private static long lengthBytes() {
        return Long.parseLong(vm.exec("stat -c %s " + DemoGuest.LOG).orThrow());
    }
}
