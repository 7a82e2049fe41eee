package io.livemr.system.cluster;

import io.livemr.lab.LabException;
import io.livemr.lab.host.HostCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts 0 to N-1, each a network namespace with one address on a bridge that this machine is on, too. Mounts are not theirs: what one
 * host's composer mounts, all see.
 */
final class Network implements AutoCloseable {
    private final String name = "lmr" + ProcessHandle.current().pid() % 100_000;
    private final String subnet = "10.77." + ProcessHandle.current().pid() % 250 + ".";
    private final int hosts;

    Network(final int hosts) {
        this.hosts = hosts;
        try {
            ip("link add " + name + " type bridge");
            ip("address add " + subnet + "1/24 dev " + name);
            ip("link set " + name + " up");
            for (int host = 0; host < hosts; host++) {
                add(host);
            }
        } catch (final LabException e) {
            close();
            throw e;
        }
    }

    private void add(final int host) {
        final String space = space(host);
        ip("netns add " + space);
        ip("link add " + name + "v" + host + " type veth peer name eth0 netns " + space);
        ip("link set " + name + "v" + host + " master " + name + " up");
        ip("-n " + space + " address add " + address(host) + "/24 dev eth0");
        ip("-n " + space + " link set eth0 up");
        ip("-n " + space + " link set lo up");
    }

    String address(final int host) {
        return subnet + (10 + host);
    }

    /** The command, to be run on that host. */
    List<String> on(final int host, final List<String> command) {
        final List<String> words = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + space(host), "--"));
        words.addAll(command);
        return words;
    }

    private String space(final int host) {
        return name + "n" + host;
    }

    private static String ip(final String words) {
        final List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words.split(" ")));
        return HostCommand.of(command).run();
    }

    @Override
    public void close() {
        for (int host = 0; host < hosts; host++) {
            HostCommand.of("ip", "netns", "delete", space(host)).tryRun();
        }
        HostCommand.of("ip", "link", "delete", name).tryRun();
    }
}
