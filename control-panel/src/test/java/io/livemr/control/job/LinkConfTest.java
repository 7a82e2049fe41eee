package io.livemr.control.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.input.InputFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkConfTest {

    private static final InputFile FILE = InputFile.waiting("j", 0, "vm1", "/data/\"a\".log", "/i", false);

    @TempDir
    private Path folder;

    @Test
    void shouldOnlyEverShowAWholeFile() throws Exception {
        final Path conf = folder.resolve("input-0.json");
        LinkConf.write(conf, FILE, new ObjectMapper());
        final Set<String> seen = ConcurrentHashMap.newKeySet();
        final CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 500; i++) {
                LinkConf.write(conf, FILE, new ObjectMapper());
            }
        });

        while (!writing.isDone()) {
            seen.add(Files.readString(conf));
        }

        writing.join();
        assertThat(seen).containsExactly("{\"vm1\":\"/data/\\\"a\\\".log\"}");
    }
}
