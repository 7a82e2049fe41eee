package io.livemr.control.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"mapreduce.job.reduces", "mapreduce.map.memory.mb", "mapreduce.input.fileinputformat.split.minsize",
        "mapreduce.job.queuename", "wordcount.case.sensitive", "com.example.x-y_z", "halo"})
    void shouldTakeTheJobsOwnAndThoseOfMapReduce(final String name) {
        assertThat(PropertyRules.refusal(Map.of(name, "any <&> text"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fs.defaultFS", "fs.default.name", "dfs.client.read.shortcircuit", "hadoop.tmp.dir", "hadoop.security.authentication",
        "yarn.resourcemanager.address", "ipc.client.connect.timeout", "mapred.job.tracker", "mapred.local.dir", "jobclient.output.filter",
        "job.end.notification.url", "mapreduce.framework.name", "mapreduce.cluster.local.dir", "mapreduce.jobtracker.staging.root.dir",
        "mapreduce.job.tags", "mapreduce.job.user.name", "mapreduce.job.jar", "mapreduce.job.acl-view-job", "mapreduce.application.classpath",
        "mapreduce.job.end-notification.url", "mapreduce.job.credentials.binary", "livemr.link.users"})
    void shouldNameWhatAJobMustNotSet(final String name) {
        assertThat(PropertyRules.refusal(Map.of("mapreduce.job.reduces", "1", name, "x")).orElseThrow()).contains("name=" + name + ":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " mapreduce.job.reduces", ".a", "a b", "a=b", "a\u0000", "${a}"})
    void shouldRefuseWhatIsNoName(final String name) {
        assertThat(PropertyRules.refusal(Map.of(name, "x"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000", "\u001b"})
    void shouldRefuseWhatIsNoLineOfText(final String value) {
        assertThat(PropertyRules.refusal(Map.of("a", value)).orElseThrow()).contains("name=a");
    }

    @Test
    void shouldRefuseAPropertyWithoutAValue() {
        final Map<String, String> properties = new HashMap<>();
        properties.put("a", null);

        assertThat(PropertyRules.refusal(properties).orElseThrow()).contains("name=a");
    }

    @Test
    void shouldTakeAsManyAndAsLongAsItsLimits() {
        assertThat(PropertyRules.refusal(many(PropertyRules.COUNT_LIMIT))).isEmpty();
        assertThat(PropertyRules.refusal(many(PropertyRules.COUNT_LIMIT + 1))).isPresent();
        assertThat(PropertyRules.refusal(Map.of("a", "x".repeat(PropertyRules.LENGTH_LIMIT - 1)))).isEmpty();
        assertThat(PropertyRules.refusal(Map.of("a", "x".repeat(PropertyRules.LENGTH_LIMIT)))).isPresent();
    }

    private static Map<String, String> many(final int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "a" + i, i -> "x"));
    }
}
