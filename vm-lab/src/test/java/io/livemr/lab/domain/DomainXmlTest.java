package io.livemr.lab.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.lab.disk.DataDisk;
import io.livemr.lab.host.Accelerator;
import io.livemr.lab.state.LabFolder;
import io.livemr.lab.state.VmState;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class DomainXmlTest {
    private static final LabFolder FOLDER = new LabFolder(Path.of("/var/lib/it's <here> & there"));

    @Test
    void shouldTellTheDisksApartBySerial() throws Exception {
        final Document xml = xmlOf(DataDisk.raw());

        assertThat(read(xml, "//disk[serial='system']/source/@file")).isEqualTo(FOLDER.root() + "/vm1/system.qcow2");
        assertThat(read(xml, "//disk[serial='data']/source/@file")).isEqualTo(FOLDER.root() + "/vm1/data.raw");
        assertThat(read(xml, "//disk[serial='data']/driver/@type")).isEqualTo("raw");
        assertThat(read(xml, "//disk[serial='data']/driver/@cache")).isEqualTo("none");
    }

    @Test
    void shouldLeaveTheAgentsChannelToTheComposer() throws Exception {
        final Document xml = xmlOf(DataDisk.qcow2());

        assertThat(read(xml, "//channel[@type='unix']/target/@name")).isEqualTo("org.livemr.agent.0");
        assertThat(read(xml, "//channel/source/@mode")).isEqualTo("bind");
        assertThat(read(xml, "//channel/source/@path")).as("libvirt chooses the socket").isEmpty();
    }

    @Test
    void shouldNameTheDomainAndTheAccelerator() throws Exception {
        final Document xml = xmlOf(DataDisk.qcow2());

        assertThat(read(xml, "/domain/@type")).isEqualTo("qemu");
        assertThat(read(xml, "/domain/name")).isEqualTo("it-vm1");
        assertThat(read(xml, "/domain/title")).isEqualTo("vm1");
    }

    @Test
    void shouldMakeOneProcessorMorePossibleThanThereAreSoThatBarriersAreKept() throws Exception {
        final Document xml = xmlOf(DataDisk.qcow2());

        assertThat(read(xml, "/domain/vcpu/@current")).isEqualTo("1");
        assertThat(read(xml, "/domain/vcpu")).isEqualTo("2");
    }

    @Test
    void shouldForwardTheSshPortOnLoopbackOnly() throws Exception {
        assertThat(read(xmlOf(DataDisk.qcow2()), "//*[local-name()='arg'][2]/@value")).isEqualTo("user,id=lab,hostfwd=tcp:127.0.0.1:22001-:22");
    }

    @Test
    void shouldGiveAPatchedQemuItsWayToTheComposer() throws Exception {
        final Document xml = xmlOf(DataDisk.qcow2(), Optional.of(Path.of("/cache/qemu & co/qemu-system-x86_64")));

        assertThat(read(xml, "/domain/devices/emulator")).isEqualTo("/cache/qemu & co/qemu-system-x86_64");
        assertThat(read(xml, "//*[local-name()='arg'][6]/@value"))
                .isEqualTo("socket,id=livemr0,path=" + FOLDER.mapSocket("vm1") + ",server=on,wait=off");
        assertThat(read(xml, "//*[local-name()='arg'][8]/@value"))
                .isEqualTo("livemr-maps,id=livemr0,chardev=livemr0,generations=" + FOLDER.mapPage("vm1"));
        assertThat(read(xml, "//*[local-name()='arg'][10]/@value")).isEqualTo("scsi-hd.livemr=livemr0");
    }

    @Test
    void shouldLeaveAStockQemuToLibvirt() throws Exception {
        final Document xml = xmlOf(DataDisk.qcow2());

        assertThat(read(xml, "count(//emulator)")).isEqualTo("0");
        assertThat(read(xml, "count(//*[local-name()='arg'])")).isEqualTo("4");
    }

    @Test
    void shouldTellTheGuestWhatItsDataDiskIs() throws Exception {
        final String commandLine = read(xmlOf(DataDisk.raw().partitioned(4097).withBlockBytes(1024)
                .withFeatures("inline_data").withMountOptions("noatime,data=journal")), "//cmdline");

        assertThat(commandLine.split(" ")).contains("livemr.name=vm1", "livemr.key=AAAAkey", "livemr.data.layout=partition",
                "livemr.data.start=4097", "livemr.data.fs=ext4", "livemr.data.block=1024", "livemr.data.features=inline_data",
                "livemr.data.mount=noatime,data=journal");
    }

    private static Document xmlOf(final DataDisk disk) throws Exception {
        return xmlOf(disk, Optional.empty());
    }

    private static Document xmlOf(final DataDisk disk, final Optional<Path> patchedQemu) throws Exception {
        final VmState vm = new VmState("vm1", "it-vm1", "2f9c1b0e-6d57-4a7e-9d6b-0d5a3b7c9e11", 22_001, 512, 1, "none", disk);
        final String xml = new DomainXml(FOLDER, Accelerator.TCG, patchedQemu, "AAAAkey").of(vm);
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String read(final Document xml, final String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(path, xml);
    }
}
