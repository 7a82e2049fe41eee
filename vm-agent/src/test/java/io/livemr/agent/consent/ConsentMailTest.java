package io.livemr.agent.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemr.extent.FileId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsentMailTest {

    private static final int WAITING = 64;

    @TempDir
    Path folder;
    private final List<Integer> sent = new CopyOnWriteArrayList<>();
    private ConsentMail mail;

    @BeforeEach
    void make() throws IOException {
        final Path sendmail = Files.writeString(folder.resolve("sendmail"),
                "#!/bin/sh\nwhile [ ! -e " + folder + "/go ]; do sleep 0.05; done\ncat >> " + folder + "/mails\n");
        Files.setPosixFilePermissions(sendmail, PosixFilePermissions.fromString("rwx------"));
        mail = new ConsentMail(sendmail);
    }

    private void send(final int number) {
        final FileId file = new FileId(new UUID(0, 1), number, 1);
        mail.send("alice", new OpenRequest("m" + number, "/log-" + number, file, "bob", 0, 1, "hash", "token-" + number), () -> sent.add(number));
    }

    @Test
    void shouldLetSoManyMailsWaitAndSendTheNextWhenItIsAskedForAgain() throws Exception {
        for (int number = 0; number <= WAITING + 1; number++) {     // one is being sent, and the last is too many
            send(number);
        }
        Files.createFile(folder.resolve("go"));
        await().atMost(Duration.ofSeconds(60)).until(() -> sent.size() == WAITING + 1);
        send(WAITING + 1);
        await().atMost(Duration.ofSeconds(60)).until(() -> sent.size() == WAITING + 2);

        assertThat(sent).doesNotHaveDuplicates().endsWith(WAITING, WAITING + 1);
        assertThat(Files.readString(folder.resolve("mails")).split("Subject: LiveMR", -1)).hasSize(WAITING + 3);
    }

    @Test
    void shouldNotCallAMailSentThatWasRefused() throws Exception {
        Files.writeString(folder.resolve("sendmail"), "#!/bin/sh\ncat > /dev/null\necho >> " + folder + "/tries\nexit 1\n");

        send(1);
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(folder.resolve("tries")));
        Files.writeString(folder.resolve("sendmail"), "#!/bin/sh\ncat > /dev/null\n");
        send(2);
        await().atMost(Duration.ofSeconds(60)).until(() -> !sent.isEmpty());

        assertThat(sent).containsExactly(2);
    }
}
