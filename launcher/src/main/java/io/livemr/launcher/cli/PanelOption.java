package io.livemr.launcher.cli;

import io.livemr.launcher.client.Connections;
import io.livemr.launcher.client.Credentials;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.client.PanelClient;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Which control panel a verb speaks to, and as whom: that of the stack on this host, or {@code --panel URL}. A secret comes from a file or the
 * environment, never from the command line, where every user of the machine can read it.
 */
public final class PanelOption {
    private static final String PANEL = "LIVEMR_PANEL";
    private static final String PASSWORD = "LIVEMR_PASSWORD";
    private static final String KEYSTONE_TOKEN = "OS_TOKEN";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb;
    @Mixin
    private StateOption state;
    @Option(names = "--panel", paramLabel = "URL", description = "The control panel (default: LIVEMR_PANEL, else that of the stack on this host).")
    private URI panel;
    @Option(names = "--token-file", paramLabel = "FILE", description = "File with the panel's token: `token` in its state folder.")
    private Path tokenFile;
    @Option(names = "--user", paramLabel = "NAME", description = "Name of an account; its password is in LIVEMR_PASSWORD or --password-file.")
    private String user;
    @Option(names = "--password-file", paramLabel = "FILE", description = "File with the password of --user.")
    private Path passwordFile;
    @Option(names = "--ca-file", paramLabel = "FILE", description = "PEM file of the certificates that the panel's is signed by"
        + " (default: whom Java trusts).")
    private Path caFile;
    @Option(names = "--allow-http", description = "Send the secret to another host without TLS, where the way there is safe.")
    private boolean allowHttp;

    /** Whether it is another panel than that of this host's stack. */
    public boolean isNamed() {
        return url() != null;
    }

    public PanelClient client() {
        return isNamed() ? named(url()) : state.running().panel();
    }

    private URI url() {
        final String text = System.getenv(PANEL);
        return panel != null || text == null || text.isBlank() ? panel : URI.create(text);
    }

    private PanelClient named(final URI url) {
        if (url.getHost() == null || !"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw wrong("--panel=" + url + " must be like https://panel.example.org:8443");
        }
        final Credentials credentials = credentials();
        if (credentials != Credentials.NONE && "http".equals(url.getScheme()) && !allowHttp && !isThisHost(url)) {
            throw wrong("--panel=" + url + " would get the secret without TLS; use https://, or --allow-http where the way there is safe");
        }
        return new PanelClient(new JsonHttp("control-panel", url, credentials, caFile == null ? Connections.careful() : Connections.trusting(caFile)));
    }

    private Credentials credentials() {
        if (tokenFile != null) {
            return Credentials.tokenFile(requireReadable(tokenFile));
        }
        if (user != null) {
            return passwordFile != null ? Credentials.basic(user, requireReadable(passwordFile)) : Credentials.basic(user, required(PASSWORD));
        }
        final String token = System.getenv(KEYSTONE_TOKEN);
        return token == null ? Credentials.NONE : Credentials.keystone(token);
    }

    private Path requireReadable(final Path file) {
        if (!java.nio.file.Files.isReadable(file)) {
            throw wrong("file=" + file + " is not there or cannot be read by this user");
        }
        return file;
    }

    private String required(final String name) {
        final String value = System.getenv(name);
        if (value == null) {
            throw wrong("--user needs a password: set " + name + " or give --password-file");
        }
        return value;
    }

    private static boolean isThisHost(final URI url) {
        try {
            return InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (final UnknownHostException e) {
            return false;
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(verb.commandLine(), message);
    }
}
