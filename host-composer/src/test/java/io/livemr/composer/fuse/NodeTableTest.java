package io.livemr.composer.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NodeTableTest {

    private final NodeTable nodes = new NodeTable(4);

    @Test
    void shouldKeepANodeUntilItIsForgottenAsOftenAsItWasLookedUp() throws Exception {
        final Node node = new Node.File("a", 0);
        final long id = nodes.lookUp(node);
        nodes.lookUp(node);

        nodes.forget(id, 1);
        assertThat(nodes.find(id)).isEqualTo(node);

        nodes.forget(id, 1);
        assertThatThrownBy(() -> nodes.find(id)).isInstanceOf(FuseErrorException.class);
    }

    @Test
    void shouldNotUseANumberTwice() throws Exception {
        final long first = nodes.lookUp(new Node.File("a", 0));
        nodes.forget(first, 1);

        assertThat(nodes.lookUp(new Node.File("a", 0))).isNotEqualTo(first);
    }

    @Test
    void shouldRefuseMoreNodesThanTheLimitUntilSomeAreForgotten() throws Exception {
        final long first = nodes.lookUp(new Node.File("a", 0));
        nodes.lookUp(new Node.File("a", 1));

        assertThatThrownBy(() -> nodes.lookUp(new Node.Offset(1)))
            .isInstanceOfSatisfying(FuseErrorException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENFILE));
        nodes.forget(first, -1);
        assertThat(nodes.lookUp(new Node.Offset(1))).isPositive();
    }

    @Test
    void shouldNeverForgetTheRoot() throws Exception {
        nodes.forget(NodeTable.ROOT_ID, Long.MAX_VALUE);

        assertThat(nodes.find(NodeTable.ROOT_ID)).isEqualTo(new Node.Root());
    }
}
