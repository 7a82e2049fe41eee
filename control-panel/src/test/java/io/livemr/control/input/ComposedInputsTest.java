package io.livemr.control.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.composer.ComposerEvents;
import io.livemr.control.composer.ComposerException;
import io.livemr.control.composer.ComposerVmDirectory;
import io.livemr.control.composer.Composers;
import io.livemr.control.support.FakeComposer;
import io.livemr.control.support.TestDatabase;
import io.livemr.control.support.TestSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** With a composer over a real socket; inputs without jobs. */
class ComposedInputsTest {

    private final InputFile file = InputFile.waiting("j1", 0, "vm1", "/a", "/i", false);
    @TempDir
    private Path folder;
    private FakeComposer composer;
    private Composers composers;
    private InputStore store;
    private ComposedInputs inputs;

    @BeforeEach
    void start() throws Exception {
        final ObjectMapper json = new ObjectMapper().findAndRegisterModules().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        final JdbcClient sql = TestDatabase.h2();
        sql.sql("SET REFERENTIAL_INTEGRITY FALSE").update();
        composer = new FakeComposer();
        composers = new Composers(TestSettings.of(folder, "composers[0].url", composer.url(),
            "composers[0].token-file", FakeComposer.tokenFile(folder).toString()), json);
        store = new InputStore(sql, TestDatabase.audit(sql));
        inputs = new ComposedInputs(new ComposerVmDirectory(composers), composers, store, new ComposerEvents(composers, json));
        store.insert(file);
    }

    @AfterEach
    void stop() {
        composer.close();
    }

    @Test
    void shouldHearWhatBecameOfAFileWhoseNameItWasNotTold() throws Exception {
        store.asking(file, composer.url());
        composers.at(composer.url()).compose("bob", "vm1", "/a", null);
        composer.set("/a", "DENIED", "owner_said_no");

        inputs.ask(store.of("j1").get(0), "bob", null);

        assertThat(store.of("j1").get(0).state()).isEqualTo(InputState.DENIED);
        inputs.letGo(store.of("j1").get(0), "bob");
        assertThat(composer.files()).isEmpty();
    }

    @Test
    void shouldNotLookForALostAnswerWhereItWasRefused() throws Exception {
        final InputFile refused = InputFile.waiting("j2", 0, "vm1", "/refused", "/i", false);
        store.insert(refused);
        assertThatThrownBy(() -> inputs.ask(refused, "bob", null)).isInstanceOf(ComposerException.class);

        assertThatThrownBy(() -> inputs.ask(store.of("j2").get(0), "bob", null)).isInstanceOf(ComposerException.class);

        assertThat(composer.calls()).contains("POST /v1/files").doesNotContain("GET /v1/files");
    }

    @Test
    void shouldAskAnewForAFileOfWhichAnEarlierJobWasToldThatItIsOver() throws Exception {
        composers.at(composer.url()).compose("bob", "vm1", "/a", null);
        composer.set("/a", "DENIED", "owner_said_no");

        inputs.ask(file, "bob", null);

        assertThat(store.of("j1").get(0).state()).isEqualTo(InputState.LIVE);
    }
}
