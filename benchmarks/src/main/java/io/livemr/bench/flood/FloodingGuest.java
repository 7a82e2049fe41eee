package io.livemr.bench.flood;

import io.livemr.lab.LabVm;
import io.livemr.lab.ssh.GuestCommand;

/**
 * A guest whose root has put a program in the place of the agent: it answers the composer's hello and then sends one batch of lines for ever, as
 * fast as its processor can, and reads what comes back. Or it is as busy with the same lines, and sends none.
 */
final class FloodingGuest {

    private static final String PROGRAM = """
        #!/bin/sh
        # Instead of the agent; init starts it again when it ends.
        while [ ! -e /tmp/flood ]; do cat /tmp/lines > /dev/null; done
        exec 3<> /dev/virtio-ports/org.livemr.agent.0
        while [ -z "$nonce" ]; do
          read -r line <&3 || exit
          nonce=$(echo "$line" | sed -n 's/.*"hello".*"nonce":"\\([^"]*\\)".*/\\1/p')
        done
        printf '\\n{"type":"hello","version":1,"nonce":"%s","agent":"flood","bootId":"flood","sequence":0}\\n' "$nonce" >&3
        cat <&3 > /dev/null &
        reader=$!
        while [ -e /tmp/flood ]; do cat /tmp/lines; done >&3
        kill $reader
        """;

    private final LabVm vm;

    FloodingGuest(final LabVm vm) {
        this.vm = vm;
    }

    /** @param lines of the agent protocol. */
    void load(final FloodLines lines) {
        vm.run(GuestCommand.of("cat > /tmp/lines").stdin(lines.text())).orThrow();
        vm.run(GuestCommand.of("cat > /tmp/agent; chmod 755 /tmp/agent; mv /tmp/agent /usr/lib/livemr/agent").stdin(PROGRAM)).orThrow();
        vm.agentPid().ifPresent(pid -> vm.exec("kill -9 " + pid).orThrow());
    }

    void flood() {
        vm.exec("touch /tmp/flood").orThrow();
    }

    void stayBusy() {
        vm.exec("rm -f /tmp/flood").orThrow();
    }
}
