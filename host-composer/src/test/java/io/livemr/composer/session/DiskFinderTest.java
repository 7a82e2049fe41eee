package io.livemr.composer.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.livemr.composer.vm.VmDisk;
import io.livemr.composer.vm.VmDisk.DiskAddress;
import io.livemr.composer.vm.VmDisk.ImageLayer;
import io.livemr.extent.wire.RejectedRecordException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiskFinderTest {

    private static final List<VmDisk> DISKS = List.of(
            disk("sda", "root", new DiskAddress("0:0:0", "0000:03:00.0")),
            disk("sdb", null, new DiskAddress("0:1:0", "0000:03:00.0")),
            disk("sdc", "a-serial-longer-than-twenty", new DiskAddress("0:1:0", "0000:05:00.0")),
            disk("vda", "twin", new DiskAddress(null, "0000:04:00.0")),
            disk("vdb", "twin", new DiskAddress(null, "0000:06:00.0")));

    private static VmDisk disk(final String target, final String serial, final DiskAddress address) {
        return new VmDisk(target, serial, address, List.of(new ImageLayer(Path.of("/img/" + target), "raw")), null, "none");
    }

    private static VmDisk find(final String json) throws Exception {
        return DiskFinder.find(DISKS, new JsonMapper().readTree(json));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'serial':'root'} | sda",
        "{'serial':'unknown','scsi':'7:0:0:0'} | sda",
        "{'scsi':'2:0:1:0','pci':'0000:05:00.0'} | sdc",
        "{'serial':'a-serial-longer-than'} | sdc",
        "{'serial':'twin','pci':'0000:06:00.0'} | vdb"})
    void shouldFindTheOneDiskThatFits(final String wanted, final String target) throws Exception {
        assertThat(find(wanted.replace('\'', '"')).target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}", "{'serial':'nobody'}", "{'serial':'twin'}", "{'scsi':'0:0:1:0'}", "{'scsi':'0:0:9:0'}", "{'pci':'0000:03:00.0'}",
        "{'scsi':'x'}", "{'serial':''}", "{'serial':7}"})
    void shouldRejectWhatFitsNoneOrMoreThanOne(final String wanted) {
        assertThatThrownBy(() -> find(wanted.replace('\'', '"'))).isInstanceOf(RejectedRecordException.class)
                .hasMessageContaining("unknown_disk");
    }

    @Test
    void shouldRefuseADiskWhoseFlushesQemuIgnores() throws Exception {
        final VmDisk unsafe = new VmDisk("sda", "root", null, List.of(new ImageLayer(Path.of("/img/sda"), "raw")), null, "unsafe");

        assertThatThrownBy(() -> DiskFinder.find(List.of(unsafe), new JsonMapper().readTree("{\"serial\":\"root\"}")))
                .isInstanceOf(RejectedRecordException.class)
                .hasMessageContaining("unsafe_cache").hasMessageContaining("set cache to none, writeback or writethrough");
    }

    @Test
    void shouldPreferTheSerialOverTheAddress() throws Exception {
        assertThat(find("{\"serial\":\"root\",\"scsi\":\"0:0:1:0\"}").target()).isEqualTo("sda");
    }
}
