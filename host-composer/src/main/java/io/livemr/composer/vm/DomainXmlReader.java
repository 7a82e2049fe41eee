package io.livemr.composer.vm;

import io.livemr.composer.vm.VmDescription.State;
import io.livemr.composer.vm.VmDisk.DiskAddress;
import io.livemr.composer.vm.VmDisk.ImageLayer;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Reads what the composer needs of a domain's XML. Disks that are not files on this host (network, CD-ROM, floppy, empty
 * drives) are left out, and those of more layers than the limit: nobody can compose from them.
 *
 * <p>Document types and external entities are refused. Stateless.
 */
public final class DomainXmlReader {

    private static final Logger LOG = LoggerFactory.getLogger(DomainXmlReader.class);
    private static final String AGENT_PORT = "org.livemr.agent.0";
    /** Longer chains than this are a mistake or an attack; QEMU itself gets slow long before. */
    private static final int CHAIN_LIMIT = 256;

    private DomainXmlReader() {
    }

    /** @throws IOException if the text is not a domain with a name and UUID. */
    public static VmDescription read(final String xml, final State state) throws IOException {
        final Element domain = parse(xml).getDocumentElement();
        try {
            return new VmDescription(
                    text(domain, "name"), UUID.fromString(text(domain, "uuid")), state, channel(domain),
                    QemuArguments.mapChannel(qemuArguments(domain)), disks(domain));
        } catch (final IllegalArgumentException e) {
            throw new IOException("not a domain definition: " + e.getMessage(), e);
        }
    }

    private static Document parse(final String xml) throws IOException {
        try {
            final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setExpandEntityReferences(false);
            final var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xml)));
        } catch (final ParserConfigurationException | SAXException e) {
            throw new IOException("not a domain definition: " + e.getMessage(), e);
        }
    }

    private static Path channel(final Element domain) {
        return devices(domain, "channel").stream()
                .filter(channel -> "unix".equals(channel.getAttribute("type")))
                .filter(channel -> child(channel, "target").map(t -> AGENT_PORT.equals(t.getAttribute("name"))).orElse(false))
                .flatMap(channel -> child(channel, "source").stream())
                .map(source -> source.getAttribute("path"))
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .findFirst().orElse(null);
    }

    /** libvirt writes this namespace with this prefix, whatever the definition that it was given says. */
    private static List<String> qemuArguments(final Element domain) {
        return children(domain, "qemu:commandline").stream()
                .flatMap(commandLine -> children(commandLine, "qemu:arg").stream())
                .map(argument -> argument.getAttribute("value")).toList();
    }

    private static List<VmDisk> disks(final Element domain) {
        final Map<String, String> controllers = controllerAddresses(domain);
        final List<VmDisk> disks = new ArrayList<>();
        for (final Element disk : devices(domain, "disk")) {
            final String device = disk.getAttribute("device");
            final List<ImageLayer> layers = layers(disk);
            if ((device.isEmpty() || "disk".equals(device)) && !layers.isEmpty()) {
                disks.add(new VmDisk(
                        child(disk, "target").map(t -> t.getAttribute("dev")).orElse(""),
                        child(disk, "serial").map(s -> s.getTextContent().strip()).orElse(null),
                        address(disk, controllers), layers, dataFile(disk),
                        child(disk, "driver").map(d -> d.getAttribute("cache")).orElse(""),
                        child(disk, "alias").map(a -> a.getAttribute("name")).orElse("")));
            }
        }
        return disks;
    }

    private static Map<String, String> controllerAddresses(final Element domain) {
        final Map<String, String> addresses = new HashMap<>();
        for (final Element controller : devices(domain, "controller")) {
            if ("scsi".equals(controller.getAttribute("type"))) {
                child(controller, "address").filter(DomainXmlReader::isPci)
                        .ifPresent(a -> addresses.put(controller.getAttribute("index"), pci(a)));
            }
        }
        return addresses;
    }

    private static DiskAddress address(final Element disk, final Map<String, String> controllers) {
        final Element address = child(disk, "address").orElse(null);
        if (address == null) {
            return null;
        }
        if (isPci(address)) {
            return new DiskAddress(null, pci(address));
        }
        if (!"drive".equals(address.getAttribute("type"))) {
            return null;
        }
        final String scsi = String.join(":",
                address.getAttribute("bus"), address.getAttribute("target"), address.getAttribute("unit"));
        return new DiskAddress(scsi, controllers.get(address.getAttribute("controller")));
    }

    private static boolean isPci(final Element address) {
        return "pci".equals(address.getAttribute("type"));
    }

    private static String pci(final Element address) {
        return String.format("%04x:%02x:%02x.%x",
                number(address, "domain"), number(address, "bus"), number(address, "slot"), number(address, "function"));
    }

    private static int number(final Element address, final String attribute) {
        final String text = address.getAttribute(attribute);
        return text.isEmpty() ? 0 : Integer.decode(text);
    }

    /** The chain from the top down; empty if any part of it is not a local file or block device. */
    private static List<ImageLayer> layers(final Element disk) {
        final List<ImageLayer> layers = new ArrayList<>();
        String format = child(disk, "driver").map(d -> d.getAttribute("type")).orElse("");
        Optional<Element> holder = Optional.of(disk);
        while (holder.isPresent()) {
            final Optional<Path> path = sourcePath(holder.get());
            if (path.isEmpty()) {
                return List.of();
            }
            if (layers.size() == CHAIN_LIMIT) {
                // A chain without its end would read as zeros where only the end has bytes.
                LOG.warn("disk not served, more than {} layers: top={}", CHAIN_LIMIT, layers.get(0).path());
                return List.of();
            }
            layers.add(new ImageLayer(path.get(), format));
            holder = child(holder.get(), "backingStore").filter(below -> child(below, "source").isPresent());
            format = holder.flatMap(below -> child(below, "format")).map(f -> f.getAttribute("type")).orElse("");
        }
        return layers;
    }

    private static Optional<Path> sourcePath(final Element holder) {
        return child(holder, "source")
                .map(source -> source.hasAttribute("file") ? source.getAttribute("file") : source.getAttribute("dev"))
                .filter(path -> path.startsWith("/"))
                .map(Path::of);
    }

    private static Path dataFile(final Element disk) {
        return child(disk, "source").flatMap(source -> child(source, "dataStore"))
                .flatMap(DomainXmlReader::sourcePath).orElse(null);
    }

    private static List<Element> devices(final Element domain, final String name) {
        return child(domain, "devices").map(devices -> children(devices, name)).orElse(List.of());
    }

    private static Optional<Element> child(final Element parent, final String name) {
        return children(parent, name).stream().findFirst();
    }

    private static List<Element> children(final Element parent, final String name) {
        final List<Element> found = new ArrayList<>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static String text(final Element parent, final String name) {
        return child(parent, name).map(e -> e.getTextContent().strip())
                .orElseThrow(() -> new IllegalArgumentException("no element " + name));
    }
}
