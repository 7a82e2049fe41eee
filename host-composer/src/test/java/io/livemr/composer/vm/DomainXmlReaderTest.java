package io.livemr.composer.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.composer.vm.VmDescription.State;
import io.livemr.composer.vm.VmDisk.DiskAddress;
import io.livemr.composer.vm.VmDisk.ImageLayer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainXmlReaderTest {

    private static final String DOMAIN = """
            <domain type='qemu' id='3'><name>vm1</name><uuid>00000000-0000-4000-8000-0000000000a1</uuid><devices>
            <disk type='file' device='disk'>
              <driver name='qemu' type='qcow2'/><source file='/img/top.qcow2' index='3'/>
              <backingStore type='file' index='2'><format type='qcow2'/><source file='/img/mid.qcow2'/>
                <backingStore type='file' index='1'><format type='raw'/><source file='/img/base.raw'/><backingStore/></backingStore>
              </backingStore>
              <target dev='sda' bus='scsi'/><serial>data1</serial><alias name='scsi0-0-2-1'/>
              <address type='drive' controller='0' bus='0' target='2' unit='1'/>
            </disk>
            <disk type='block' device='disk'><driver name='qemu' type='raw' cache='unsafe'/><source dev='/dev/vg/lv'/><target dev='vda' bus='virtio'/>
              <address type='pci' domain='0x0000' bus='0x04' slot='0x00' function='0x1'/></disk>
            <disk type='network' device='disk'><driver name='qemu' type='raw'/><source protocol='nbd' name='x'/><target dev='vdb'/></disk>
            <disk type='file' device='cdrom'><driver name='qemu' type='raw'/><source file='/img/cd.iso'/><target dev='sdc'/></disk>
            <controller type='scsi' index='0' model='virtio-scsi'><address type='pci' domain='0x0000' bus='0x03' slot='0x02' function='0x0'/></controller>
            <channel type='unix'><source mode='bind' path='/run/qga.sock'/><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
            <channel type='unix'><source mode='bind' path='/run/livemr.sock'/><target type='virtio' name='org.livemr.agent.0'/></channel>
            </devices></domain>""";
    private static final String MAPS = """
            <qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
              <qemu:arg value='-chardev'/><qemu:arg value='socket,id=other,path=/run/other.sock,server=on,wait=off'/>
              <qemu:arg value='-chardev'/><qemu:arg value='socket,id=maps,path=/run/a,,b,,.sock,server=on,wait=off'/>
              <qemu:arg value='-object'/><qemu:arg value='memory-backend-ram,id=ram,size=1M'/>
              <qemu:arg value='-object'/><qemu:arg value='livemr-maps,id=lm,chardev=maps,generations=/run/page'/>
            </qemu:commandline>""";

    @Test
    void shouldFindChannelDisksChainsAndAddresses() throws Exception {
        final VmDescription vm = DomainXmlReader.read(DOMAIN, State.RUNNING);

        assertThat(vm.channel()).isEqualTo(Path.of("/run/livemr.sock"));
        assertThat(vm.disks()).extracting(VmDisk::ignoresFlushes).containsExactly(false, true);
        assertThat(vm.disks()).extracting(VmDisk::target).containsExactly("sda", "vda");
        assertThat(vm.disks().get(0).layers()).containsExactly(
                new ImageLayer(Path.of("/img/top.qcow2"), "qcow2"), new ImageLayer(Path.of("/img/mid.qcow2"), "qcow2"),
                new ImageLayer(Path.of("/img/base.raw"), "raw"));
        assertThat(vm.disks().get(0).serial()).isEqualTo("data1");
        assertThat(vm.disks().get(0).address()).isEqualTo(new DiskAddress("0:2:1", "0000:03:02.0"));
        assertThat(vm.disks().get(1).address()).isEqualTo(new DiskAddress(null, "0000:04:00.1"));
    }

    private static String ofLayers(final int layers) {
        final String below = "<backingStore type='file'><format type='qcow2'/><source file='/img/below.qcow2'/>".repeat(layers - 1);
        return DOMAIN.replaceFirst("(?s)<backingStore type='file' index='2'>.*</backingStore>", below + "</backingStore>".repeat(layers - 1));
    }

    @Test
    void shouldLeaveOutADiskOfMoreLayersThanTheLimitAndNotShortenIt() throws Exception {
        assertThat(DomainXmlReader.read(ofLayers(256), State.RUNNING).disks().get(0).layers()).hasSize(256);
        assertThat(DomainXmlReader.read(ofLayers(257), State.RUNNING).disks()).extracting(VmDisk::target).containsExactly("vda");
    }

    private static String withArguments(final String commandLine) {
        return DOMAIN.replace("</domain>", commandLine + "</domain>");
    }

    @Test
    void shouldFindTheMapChannelAndTheIdsOfDisksInQemu() throws Exception {
        final VmDescription vm = DomainXmlReader.read(withArguments(MAPS), State.RUNNING);

        assertThat(vm.mapChannel()).isEqualTo(new MapChannel(Path.of("/run/a,b,.sock"), Path.of("/run/page")));
        assertThat(vm.disks()).extracting(VmDisk::alias).containsExactly("scsi0-0-2-1", "");
        assertThat(DomainXmlReader.read(withArguments(MAPS), State.SHUT_OFF).mapChannel()).isNull();
        assertThat(DomainXmlReader.read(DOMAIN, State.RUNNING).mapChannel()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"livemr-maps,livemr-mops", "chardev=maps,chardev=none", "generations=,generation=", "path=/run/a,host=",
        "'socket,id=maps','pty,id=maps'", "-object,-device"})
    void shouldFindNoMapChannelWhereAPartOfItIsMissing(final String part, final String instead) throws Exception {
        assertThat(DomainXmlReader.read(withArguments(MAPS.replace(part, instead)), State.RUNNING).mapChannel()).isNull();
    }

    @Test
    void shouldDifferWhenASnapshotPutsAnImageOnTop() throws Exception {
        final String after = DOMAIN.replace("top.qcow2", "overlay.qcow2");

        assertThat(DomainXmlReader.read(after, State.RUNNING)).isNotEqualTo(DomainXmlReader.read(DOMAIN, State.RUNNING));
        assertThat(DomainXmlReader.read(DOMAIN, State.RUNNING)).isEqualTo(DomainXmlReader.read(DOMAIN, State.RUNNING));
    }

    @Test
    void shouldRefuseDocumentTypesAndWithThemExternalEntities() {
        final String hostile = "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><domain><name>&x;</name></domain>";

        assertThatThrownBy(() -> DomainXmlReader.read(hostile, State.RUNNING)).isInstanceOf(IOException.class)
                .hasMessageContaining("DOCTYPE");
    }

    @Test
    void shouldRefuseWhatIsNotADomain() {
        assertThatThrownBy(() -> DomainXmlReader.read("<domain><name>x</name></domain>", State.RUNNING))
                .isInstanceOf(IOException.class).hasMessageContaining("uuid");
    }
}
