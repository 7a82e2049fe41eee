package io.livemr.lab.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DataDiskTest {
    @Test
    void shouldBeFourGibibytesOfPlainExt4OnQcow2ByDefault() {
        final DataDisk disk = DataDisk.qcow2();

        assertThat(disk).isEqualTo(new DataDisk(DataDisk.Format.QCOW2, 4_294_967_296L, 0, false, false, java.util.List.of(),
                DataDisk.Layout.PLAIN, 2048, DataDisk.FileSystem.EXT4, 0, "", "noatime"));
    }

    @Test
    void shouldRefuseWhatDoesNotGoTogether() {
        refused(() -> DataDisk.raw().withClusterBytes(4096), "format=raw");
        refused(() -> DataDisk.raw().withZeroClusters(), "format=raw");
        refused(() -> DataDisk.raw().withBackingFile(), "format=raw");
        refused(() -> DataDisk.qcow2().lvm().withBackingFile(), "layout=lvm");
        refused(() -> DataDisk.qcow2().withBackingFile().xfs(), "fileSystem=xfs");
        refused(() -> DataDisk.qcow2().withBackingFile().withZeroClusters(), "backed");
    }

    @Test
    void shouldRefuseAPartitionInsideThePartitionTable() {
        refused(() -> DataDisk.raw().partitioned(33), "startSector=33");
        assertThat(DataDisk.raw().partitioned(34).startSector()).isEqualTo(34);
    }

    @Test
    void shouldRefuseASizeThatIsNotWholeSectors() {
        refused(() -> DataDisk.raw().withSizeBytes((64 << 20) + 1), "sizeBytes=67108865");
        refused(() -> DataDisk.raw().withSizeBytes(1 << 20), "sizeBytes=1048576");
    }

    private static void refused(final ThrowingCallable making, final String naming) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(naming);
    }
}
