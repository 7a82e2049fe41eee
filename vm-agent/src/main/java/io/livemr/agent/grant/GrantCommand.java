package io.livemr.agent.grant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code livemr-grant}: how the owner of a file answers a request, or ends a grant.
 *
 * <p>It decides nothing: the agent asks the kernel who is at the other end. Exit: 0 done, 1 refused, 2 wrong use.
 */
@Command(name = "livemr-grant", mixinStandardHelpOptions = true, version = "livemr-grant 0.1.0",
        description = "Answer a request to read a file of yours from outside this machine, or end it.")
public final class GrantCommand implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int REFUSED = 1;

    /** Exactly one thing is asked for. */
    static final class Wish {
        @Option(names = "--yes", description = "Allow it. Until it ends, the file may be pinned, so that it can only be appended to; the answer says so.")
        boolean yes;
        @Option(names = "--no", description = "Refuse.")
        boolean no;
        @Option(names = "--revoke", description = "End what was allowed; returns when the file is as it was before.")
        boolean revoke;
        @Option(names = "--list", description = "Show open requests and grants of your files.")
        boolean list;

        String op() {
            return yes ? "yes" : no ? "no" : revoke ? "revoke" : "list";
        }
    }

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Wish wish;

    @Parameters(arity = "0..1", paramLabel = "FILE")
    private Path file;

    @Option(names = "--requester", description = "Whose request is meant, if several are open.")
    private String requester;

    @Option(names = "--token", description = "The token from the mail.")
    private String token;

    @Option(names = "--socket", defaultValue = "/run/livemr/grant.sock", description = "Default: ${DEFAULT-VALUE}")
    private Path socket;

    public static void main(final String[] args) {
        System.exit(new CommandLine(new GrantCommand()).execute(args));
    }

    @Override
    public Integer call() {
        if ((file == null) != wish.list) {
            throw new ParameterException(spec.commandLine(),
                    wish.list ? "--list takes no FILE" : "which FILE? see --list");
        }
        try {
            return print(ask());
        } catch (final IOException e) {
            spec.commandLine().getErr().println(
                    "livemr-grant: no answer from the agent at " + socket + " (is it running?): " + e.getMessage());
            return REFUSED;
        }
    }

    private JsonNode ask() throws IOException {
        final ObjectMapper json = new ObjectMapper();
        final ObjectNode command = json.createObjectNode().put("op", wish.op())
                .put("requester", requester).put("token", token);
        if (file != null) {
            command.put("path", file.toAbsolutePath().normalize().toString());
        }
        try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Channels.newOutputStream(connection).write((command + "\n").getBytes(StandardCharsets.UTF_8));
            final byte[] answer = Channels.newInputStream(connection).readAllBytes();
            if (answer.length == 0) {
                throw new IOException("it closed the connection");
            }
            return json.readTree(answer);
        }
    }

    private int print(final JsonNode answer) {
        final boolean good = answer.path("ok").asBoolean();
        final PrintWriter out = good ? spec.commandLine().getOut() : spec.commandLine().getErr();
        if (!answer.path("message").asText().isEmpty()) {
            out.println((good ? "" : "livemr-grant: ") + answer.path("message").asText());
        }
        answer.path("requests").forEach(request -> out.printf("asked    %s  %s  until %s%n",
                request.path("requester").asText(), request.path("path").asText(), request.path("until").asText()));
        answer.path("grants").forEach(grant -> out.printf("granted  %s  %s  until %s  by %s%n",
                grant.path("requester").asText(), grant.path("path").asText(), grant.path("until").asText(),
                grant.path("by").asText()));
        out.flush();
        return good ? DONE : REFUSED;
    }
}
