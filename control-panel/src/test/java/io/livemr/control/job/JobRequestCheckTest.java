package io.livemr.control.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.support.TestSettings;
import io.livemr.control.web.ApiException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobRequestCheckTest {

    private final JobRequestCheck check = new JobRequestCheck(TestSettings.of(Path.of("/s"), "jobs.input-limit", "2"));

    @ParameterizedTest
    @ValueSource(strings = {
        "{'inputs':[{'vm':'vm1','path':'/a'}]}",
        "{'mainClass':'WordCount','inputs':[{'vm':'vm 1:x','path':'/a b/…'}],'args':[]}",
        "{'mainClass':'a.b.C$D','name':'n','output':'/o','ttlSeconds':1,'requester':'al.ice@x','inputs':[{'vm':'v','path':'/a'},{'vm':'w','path':'/a'}]}"})
    void shouldTake(final String job) {
        assertThatCode(() -> check.check(read(job))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "inputs|{}",
        "inputs|{'inputs':[]}",
        "inputs|{'inputs':[{'vm':'v','path':'/a'},{'vm':'v','path':'/a'}]}",
        "inputs|{'inputs':[{'vm':'v','path':'/a'},{'vm':'v','path':'/b'},{'vm':'v','path':'/c'}]}",
        "inputs.vm|{'inputs':[{'vm':'','path':'/a'}]}",
        "inputs.vm|{'inputs':[{'vm':'../v','path':'/a'}]}",
        "inputs.vm|{'inputs':[{'path':'/a'}]}",
        "inputs.vm|{'inputs':[null]}",
        "inputs.path|{'inputs':[{'vm':'v','path':'a'}]}",
        "inputs.path|{'inputs':[{'vm':'v','path':'/a\\u0000'}]}",
        "inputs.path|{'inputs':[{'vm':'v'}]}",
        "inputs.path|{'inputs':[{'vm':'v','path':'/a','glob':'/b*'}]}",
        "inputs.glob|{'inputs':[{'vm':'v','glob':'b*'}]}",
        "inputs.folder|{'inputs':[{'vm':'v','folder':'b'}]}",
        "inputs.folder|{'inputs':[{'vm':'v','folder':'/b*'}]}",
        "inputs|{'inputs':[{'vm':'v','glob':'/b/*'},{'vm':'v','folder':'/b'}]}",
        "inputs|{'inputs':[{'vm':'v','path':'/a'},{'vm':'v','path':'/a','length':'pinned'}]}",
        "mainClass|{'mainClass':'../evil','inputs':[{'vm':'v','path':'/a'}]}",
        "mainClass|{'mainClass':'-version','inputs':[{'vm':'v','path':'/a'}]}",
        "requester|{'requester':'-D','inputs':[{'vm':'v','path':'/a'}]}",
        "requester|{'requester':'a\\nb','inputs':[{'vm':'v','path':'/a'}]}",
        "ttlSeconds|{'ttlSeconds':0,'inputs':[{'vm':'v','path':'/a'}]}",
        "output|{'output':' ','inputs':[{'vm':'v','path':'/a'}]}",
        "name|{'name':'a\\nb','inputs':[{'vm':'v','path':'/a'}]}",
        "args|{'args':['a\\u0000'],'inputs':[{'vm':'v','path':'/a'}]}",
        "args|{'args':[null],'inputs':[{'vm':'v','path':'/a'}]}"},
        quoteCharacter = '~')
    void shouldNameTheFieldItRefuses(final String field, final String job) {
        assertThatThrownBy(() -> check.check(read(job))).isInstanceOf(ApiException.class).hasMessageContaining("field=" + field + " ");
    }

    private static JobRequest read(final String job) throws Exception {
        return new ObjectMapper().readValue(job.replace('\'', '"'), JobRequest.class);
    }
}
