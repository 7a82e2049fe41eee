package io.livemr.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockFilesTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void shouldNotCountASparsePlaceholder() throws Exception {
        try (RandomAccessFile placeholder = new RandomAccessFile(folder.resolve("blk_1").toFile(), "rw")) {
            placeholder.setLength(MEBIBYTE);
        }

        assertThat(BlockFiles.allocatedBytes(folder)).isZero();
    }

    @Test
    void shouldCountABlockThatHoldsACopy() throws Exception {
        Files.write(folder.resolve("blk_2"), new byte[MEBIBYTE]);
        Files.write(folder.resolve("blk_2_1001.meta"), new byte[MEBIBYTE]);

        assertThat(BlockFiles.allocatedBytes(folder)).isBetween((long) MEBIBYTE, MEBIBYTE * 3L / 2);
    }
}
