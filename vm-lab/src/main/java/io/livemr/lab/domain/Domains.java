package io.livemr.lab.domain;

import io.livemr.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;

/**
 * libvirt's domains, found by UUID, so that a domain of the same name that is not ours is never touched. One connection, closed
 * with this object. Threads may share it.
 */
public final class Domains implements AutoCloseable {
    public static final String URI = "qemu:///system";

    private final Connect connection;

    private Domains(final Connect connection) {
        this.connection = connection;
    }

    public static Domains connect() {
        try {
            Connect.setErrorCallback(new SilentErrors());
            return new Domains(new Connect(URI));
        } catch (final LibvirtException e) {
            throw new LabException("libvirt is not reachable at " + URI + ": " + e.getMessage(), e);
        } catch (final UnsatisfiedLinkError e) {
            throw new LabException("no libvirt here: Debian package libvirt0 is missing; run scripts/install-debian-packages.sh", e);
        }
    }

    /** For tests that do to a domain what an administrator would. */
    public Connect connection() {
        return connection;
    }

    /** @throws LabException if the name belongs to another domain. */
    public void define(final String name, final String uuid, final String xml) {
        byName(name).filter(other -> !uuid.equals(uuidOf(other))).ifPresent(other -> {
            throw new LabException("libvirt has a domain " + name + " already, " + describe(other)
                    + "; take that lab down, or give this one another --name");
        });
        call("define " + name, () -> connection.domainDefineXML(xml));
    }

    public void start(final String uuid) {
        final Domain domain = require(uuid);
        call("start " + nameOf(domain), domain::create);
    }

    public boolean isRunning(final String uuid) {
        return byUuid(uuid).filter(Domains::isActive).isPresent();
    }

    /** Hard power off; a domain that is off stays off. */
    public void stop(final String uuid) {
        byUuid(uuid).filter(Domains::isActive).ifPresent(domain -> call("stop " + nameOf(domain), () -> {
            domain.destroy();
            return domain;
        }));
    }

    /** The virtual machine's reset button. */
    public void reset(final String uuid) {
        final Domain domain = require(uuid);
        call("reset " + nameOf(domain), () -> {
            domain.reset();
            return domain;
        });
    }

    /** Stops and forgets the domain, and QEMU's log of it. A domain that is not there is fine. */
    public void remove(final String uuid) {
        byUuid(uuid).ifPresent(domain -> {
            final String name = nameOf(domain);
            stop(uuid);
            call("undefine " + name, () -> {
                domain.undefine();
                return domain;
            });
            deleteLog(name);
        });
    }

    public boolean anyRunning() {
        return call("list domains", () -> Arrays.stream(connection.listDomains()).findAny().isPresent());
    }

    public String describeXml(final String uuid) {
        final Domain domain = require(uuid);
        return call("describe " + nameOf(domain), () -> domain.getXMLDesc(0));
    }

    @Override
    public void close() {
        call("close the connection", connection::close);
    }

    private Domain require(final String uuid) {
        return byUuid(uuid).orElseThrow(() -> new LabException("libvirt knows no domain " + uuid + " any more; livemr lab down, then up"));
    }

    private Optional<Domain> byUuid(final String uuid) {
        return find(() -> connection.domainLookupByUUIDString(uuid));
    }

    private Optional<Domain> byName(final String name) {
        return find(() -> connection.domainLookupByName(name));
    }

    private static Optional<Domain> find(final Call<Domain> lookup) {
        try {
            return Optional.of(lookup.run());
        } catch (final LibvirtException e) {
            if (e.getError() != null && e.getError().getCode() == ErrorNumber.VIR_ERR_NO_DOMAIN) {
                return Optional.empty();
            }
            throw new LabException("libvirt cannot look up a domain: " + e.getMessage(), e);
        }
    }

    private static boolean isActive(final Domain domain) {
        return call("look at " + nameOf(domain), domain::isActive) == 1;
    }

    private static String nameOf(final Domain domain) {
        return call("name a domain", domain::getName);
    }

    private static String uuidOf(final Domain domain) {
        return call("identify a domain", domain::getUUIDString);
    }

    private static String describe(final Domain domain) {
        final String xml = call("describe a domain", () -> domain.getXMLDesc(0));
        final int start = xml.indexOf("<description>");
        return start < 0 ? "not one of a lab" : "of the " + xml.substring(start + "<description>".length(), xml.indexOf("</description>"));
    }

    private static void deleteLog(final String name) {
        try {
            Files.deleteIfExists(Path.of("/var/log/libvirt/qemu", name + ".log"));
        } catch (final IOException e) {
            throw new LabException("cannot remove QEMU's log of " + name + ": " + e.getMessage(), e);
        }
    }

    private interface Call<T> {
        T run() throws LibvirtException;
    }

    private static <T> T call(final String what, final Call<T> call) {
        try {
            return call.run();
        } catch (final LibvirtException e) {
            throw new LabException("libvirt cannot " + what + ": " + e.getMessage(), e);
        }
    }
}
