package io.livemr.control.composer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.livemr.control.support.FakeComposer;
import io.livemr.control.support.TestSettings;
import io.livemr.control.web.Page;
import io.livemr.control.web.Paging;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.ResponseEntity;

/** Three files at one composer, two at another. */
class JointListsTest {

    @TempDir
    private Path folder;
    private FakeComposer first;
    private FakeComposer second;
    private JointLists lists;

    @BeforeEach
    void start() throws Exception {
        first = new FakeComposer();
        second = new FakeComposer();
        final String token = FakeComposer.tokenFile(folder).toString();
        final Composers composers = new Composers(TestSettings.of(folder, "composers[0].url", first.url(), "composers[0].token-file", token,
            "composers[1].url", second.url(), "composers[1].token-file", token), JsonMapper.builder().findAndAddModules().build());
        for (final String path : new String[] {"/a", "/b", "/c"}) {
            composers.all().get(0).compose("alice", "vm1", path, null);
        }
        for (final String path : new String[] {"/d", "/e"}) {
            composers.all().get(1).compose("alice", "vm2", path, null);
        }
        lists = new JointLists(composers);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @Test
    void shouldPutTheListsOfComposersOneBehindTheOther() {
        assertThat(page(0, 2).items()).containsExactly(first.url() + "/a", first.url() + "/b");
        assertThat(page(1, 2).items()).containsExactly(first.url() + "/c", second.url() + "/d");
        assertThat(page(2, 2).items()).containsExactly(second.url() + "/e");
        assertThat(page(3, 2).items()).isEmpty();
        assertThat(page(0, 100).items()).hasSize(5);
        assertThat(page(1, 2).total()).isEqualTo(5);
    }

    @Test
    void shouldFetchOnlyThePartThatIsAskedFor() {
        page(0, 2);

        assertThat(first.calls()).filteredOn("GET /v1/files"::equals).hasSize(2);
        assertThat(second.calls()).filteredOn("GET /v1/files"::equals).hasSize(1);
    }

    @Test
    void shouldNameAComposerThatGivesNoAnswer() {
        first.close();

        final ResponseEntity<Page<String>> answer = answer(0, 20);

        assertThat(answer.getHeaders().getFirst("X-Silent-Composers")).isEqualTo(first.url());
        assertThat(answer.getBody().items()).containsExactly(second.url() + "/d", second.url() + "/e");
        assertThat(answer.getBody().total()).isEqualTo(2);
    }

    private Page<String> page(final int page, final int size) {
        final ResponseEntity<Page<String>> answer = answer(page, size);
        assertThat(answer.getHeaders()).doesNotContainKey("X-Silent-Composers");
        return answer.getBody();
    }

    private ResponseEntity<Page<String>> answer(final int page, final int size) {
        return lists.page(new Paging(page, size), ComposerClient::files, (host, file) -> host + file.last().path());
    }
}
