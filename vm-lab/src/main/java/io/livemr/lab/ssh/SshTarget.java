package io.livemr.lab.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one VM's ssh server is, and the words of an {@code ssh} command for it.
 *
 * <p>The host key is not checked: the port is one that QEMU of this lab holds on 127.0.0.1, the guest makes a new host key with
 * each disk, and only this lab's key pair is offered.
 *
 * @param control socket of the shared connection; its path must stay under 90 characters
 */
public record SshTarget(int port, Path key, Path control) {

    List<String> command(final String... options) {
        final List<String> words = new ArrayList<>(List.of("ssh", "-q", "-F", "none", "-i", key.toString(), "-p", Integer.toString(port)));
        for (final String setting : List.of("IdentitiesOnly=yes", "IdentityAgent=none", "BatchMode=yes", "StrictHostKeyChecking=no",
                "UserKnownHostsFile=/dev/null", "ServerAliveInterval=15", "ConnectTimeout=20", "ControlPath=" + control)) {
            words.addAll(List.of("-o", setting));
        }
        words.addAll(List.of(options));
        words.add("root@127.0.0.1");
        return words;
    }
}
