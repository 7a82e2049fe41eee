package io.livemr.control.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An OpenStack; none unless {@code authUrl} is set.
 *
 * @param authUrl      of Keystone, for example {@code https://keystone:5000/v3}.
 * @param region       whose Nova is asked; empty for the first of the catalogue.
 * @param endpoint     interface of the catalogue: public, internal or admin.
 * @param user         account of the panel, which Nova tells the hosts of all projects' servers.
 * @param userDomain   its domain, by name.
 * @param passwordFile file with its password; read for each login.
 * @param project      project that it logs in to.
 * @param projectDomain that project's domain, by name.
 * @param adminRoles   roles of Keystone that make an admin of the panel.
 * @param analystRoles roles that make an analyst.
 * @param viewerRoles  roles that make a viewer.
 * @param requestLimit how long one request may take, its answer's body included.
 * @param remember     how long a token that was valid, or a project's list of servers, is not asked for again.
 */
public record OpenStackSettings(
    URI authUrl,
    @DefaultValue("") String region,
    @DefaultValue("public") String endpoint,
    @DefaultValue("livemr") String user,
    @DefaultValue("Default") String userDomain,
    Path passwordFile,
    @DefaultValue("service") String project,
    @DefaultValue("Default") String projectDomain,
    @DefaultValue("admin") List<String> adminRoles,
    @DefaultValue("member") List<String> analystRoles,
    @DefaultValue("reader") List<String> viewerRoles,
    @DefaultValue("10s") Duration requestLimit,
    @DefaultValue("30s") Duration remember) {

    public boolean isOn() {
        return authUrl != null;
    }
}
