package io.livemr.lab.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GuestCommandTest {
    @Test
    void shouldGiveOneStringToTheShellAsItIs() {
        assertThat(GuestCommand.of("echo $HOME | wc -c").remoteLine()).isEqualTo("echo $HOME | wc -c");
    }

    @Test
    void shouldQuoteAProgramAndItsArguments() {
        assertThat(GuestCommand.of("echo", "$HOME", "a b").remoteLine()).isEqualTo("'echo' '$HOME' 'a b'");
    }

    @Test
    void shouldRunAsAnotherUserThroughSu() {
        assertThat(GuestCommand.of("echo it's").as("alice").remoteLine()).isEqualTo("su -s /bin/sh 'alice' -c 'echo it'\\''s'");
    }

    @Test
    void shouldRefuseAnEmptyCommand() {
        assertThatThrownBy(GuestCommand::of).isInstanceOf(IllegalArgumentException.class);
    }
}
