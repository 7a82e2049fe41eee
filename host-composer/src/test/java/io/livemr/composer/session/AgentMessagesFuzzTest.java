package io.livemr.composer.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.RejectedRecordException;
import java.nio.ByteBuffer;

/** A line that a guest says: {@code scripts/fuzz.sh} mutates it, led by coverage; else what lies in the resources is tried. */
class AgentMessagesFuzzTest {

    private static final long UNSIGNED_INT_LIMIT = 1L << 32;

    @FuzzTest
    void shouldReadTheFieldsOfALineOrRejectIt(final byte[] bytes) {
        try {
            final JsonNode message = AgentMessages.parse(ByteBuffer.wrap(bytes));
            assertThat(AgentMessages.text(message, "type")).isNotNull();
            assertThat(AgentMessages.number(message, "sequence")).isNotNegative();
            final FileId file = AgentMessages.file(message);
            assertThat(file.inode()).isBetween(0L, UNSIGNED_INT_LIMIT - 1);
            assertThat(AgentMessages.reason(message)).matches("[a-z_]+");
        } catch (final RejectedRecordException rejected) {
            assertThat(rejected.reason().tag()).isEqualTo("malformed");
        }
    }
}
