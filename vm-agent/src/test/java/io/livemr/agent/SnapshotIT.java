package io.livemr.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.agent.disk.LayoutResolver;
import io.livemr.agent.disk.SuperBlock;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.file.GuestFileOpener;
import io.livemr.agent.map.FileSnapshot;
import io.livemr.agent.map.SnapshotReader;
import io.livemr.extent.Extent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Oracles: {@code filefrag} of e2fsprogs, and the image's bytes below the loop device. */
class SnapshotIT {

    private static final Pattern RUN = Pattern.compile("(?m)^ *\\d+: +(\\d+)\\.\\. *(\\d+): +(\\d+)\\.\\. *\\d+: +\\d+:(.*)$");

    private final GuestFileOpener opener = new GuestFileOpener(
            LayoutResolver.ofThisSystem(true), new SuperBlock(Path.of("/sys"), Path.of("/dev")));

    @BeforeAll
    static void require() {
        LoopDisk.requireRootAndLoop();
    }

    @Test
    void shouldAgreeWithFilefragOnAFileOfManyExtents() throws Exception {
        try (LoopDisk disk = LoopDisk.ext4("-b 1024", "")) {
            final Path path = disk.mount().resolve("fragmented");
            writeEverySecondBlock(path, 1_024, 5_000);

            try (GuestFile file = opener.open(path.toString())) {
                final FileSnapshot snapshot = SnapshotReader.read(file, 0);

                final List<Extent> data = snapshot.extents().stream().filter(extent -> !extent.isZeros()).toList();
                assertThat(data).hasSizeGreaterThan(4_000).isEqualTo(filefrag(path, 1_024));
            }
        }
    }

    @Test
    void shouldCountSectorsFromTheStartOfTheDiskNotOfThePartition() throws Exception {
        try (LoopDisk disk = LoopDisk.ext4InPartition(4_097, 200_000)) {
            final byte[] content = new byte[8_192];
            new Random(1).nextBytes(content);
            final Path path = Files.write(disk.mount().resolve("file"), content);

            try (GuestFile file = opener.open(path.toString())) {
                final Extent extent = SnapshotReader.read(file, 0).extents().get(0);

                assertThat(disk.readSectors(extent.startSector(), content.length)).isEqualTo(content);
                assertThat(file.layout().disk().sectors()).isEqualTo(400 * 2_048);
            }
        }
    }

    private static void writeEverySecondBlock(final Path path, final int blockBytes, final int blocks)
            throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
            for (int i = 0; i < blocks; i++) {
                out.seek(2L * i * blockBytes);
                out.write(new byte[blockBytes]);
            }
        }
    }

    private static List<Extent> filefrag(final Path path, final int blockBytes) throws IOException {
        final List<Extent> extents = new ArrayList<>();
        final Matcher run = RUN.matcher(LoopDisk.run("filefrag", "-b" + blockBytes, "-v", path.toString()));
        while (run.find()) {
            final long first = Long.parseLong(run.group(1));
            final long last = Long.parseLong(run.group(2));
            final long physical = Long.parseLong(run.group(3));
            extents.add(new Extent(first * blockBytes, physical * blockBytes / 512, (last - first + 1) * blockBytes));
        }
        return extents;
    }
}
