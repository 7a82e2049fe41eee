package io.livemr.control.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.support.TestSettings;
import io.livemr.control.web.ApiException;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.mock.web.MockPart;

/** Job descriptions: {@code scripts/fuzz.sh} mutates them, led by coverage; else what lies in the resources is tried. */
class JobRequestFuzzTest {

    private final JobRequestReader reader = new JobRequestReader(new ObjectMapper());
    private final JobRequestCheck check = new JobRequestCheck(TestSettings.of(Path.of("/s")));

    @FuzzTest
    void shouldTakeAJobOrSayWhatIsWrongWithIt(final byte[] bytes) throws IOException {
        try {
            final JobRequest request = reader.read(new MockPart("job", bytes));
            check.check(request);
            assertThat(request.inputs()).isNotEmpty().allSatisfy(input -> assertThat(input.path()).startsWith("/"));
        } catch (final ApiException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
