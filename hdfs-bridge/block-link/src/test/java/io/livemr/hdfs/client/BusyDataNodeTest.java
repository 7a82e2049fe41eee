package io.livemr.hdfs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BusyDataNodeTest {

    /** As the NameNode of Hadoop 3.5.0 says it. */
    private static final String LEFT_OUT = "File /f could only be written to 0 of the 1 minReplication nodes. "
        + "There are 3 datanode(s) running and 3 node(s) are excluded in this operation.";

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void shouldWaitUntilTheNameNodeTakesTheDataNodeAgain() throws Exception {
        final BusyDataNode busy = new BusyDataNode(TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(30));

        assertThat(busy.outwait(() -> leftOut(asked.incrementAndGet() < 4))).isEqualTo("block");
        assertThat(asked).hasValue(4);
    }

    @Test
    void shouldGiveUpAndNameTheKeyThatEndsTheWait() {
        final BusyDataNode busy = new BusyDataNode(TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(50));

        assertThatThrownBy(() -> busy.outwait(() -> leftOut(asked.incrementAndGet() > 0)))
            .hasMessageContaining("dfs.namenode.redundancy.considerLoad").hasRootCauseMessage(LEFT_OUT);
        assertThat(asked.get()).isGreaterThan(1);
    }

    @Test
    void shouldHandOnAnyOtherErrorAtOnce() {
        assertThatThrownBy(() -> new BusyDataNode().outwait(() -> {
            asked.incrementAndGet();
            throw new IOException("quota");
        })).hasMessage("quota");
        assertThat(asked).hasValue(1);
    }

    private static String leftOut(final boolean now) throws IOException {
        if (now) {
            throw new IOException(LEFT_OUT);
        }
        return "block";
    }
}
