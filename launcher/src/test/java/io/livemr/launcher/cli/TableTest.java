package io.livemr.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.launcher.client.JsonHttp;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table().column("VM", "vm").column("PATH", "path").column("BYTES", "length");

    private static JsonNode json(final String text) throws Exception {
        return JsonHttp.JSON.readTree(text);
    }

    @Test
    void shouldMakeEachColumnAsWideAsItsLongestCell() throws Exception {
        assertThat(table.of(json("[{\"vm\":\"vm1\",\"path\":\"/a\",\"length\":5},{\"vm\":\"long-name\",\"path\":\"/data/log\"}]"))).isEqualTo("""
            VM         PATH       BYTES
            vm1        /a         5
            long-name  /data/log""");
    }

    @Test
    void shouldShowTheTitlesOfAnEmptyList() throws Exception {
        assertThat(table.of(json("[]"))).isEqualTo("VM  PATH  BYTES");
    }

    @Test
    void shouldLetNoNameFromAGuestSteerTheTerminal() throws Exception {
        final String text = table.of(json("[{\"vm\":\"a\\u001b[2Jb\",\"path\":\"/x\\n/y\\u202e\\r\",\"length\":null}]"));

        assertThat(text).contains("a\\u001b[2Jb").contains("/x\\u000a/y\\u202e\\u000d").doesNotContain("\u001b", "\r", "\u202e");
        assertThat(text.lines()).hasSize(2);
    }
}
