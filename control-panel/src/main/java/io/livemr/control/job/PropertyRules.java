package io.livemr.control.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which Hadoop properties a job may bring: its own and those of MapReduce, but none that names the cluster, says where the panel has the job
 * keep its files, or by which tag it finds the job again. This keeps mistakes out, not attacks: the jar's code can configure itself as it
 * likes, and what it may reach is a matter of the driver's user and of Hadoop's own authorization.
 */
final class PropertyRules {

    static final int COUNT_LIMIT = 100;
    static final int LENGTH_LIMIT = 32_768;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

    /** The longest prefix that fits is named. */
    private static final Map<String, String> REFUSED = new TreeMap<>(Map.ofEntries(
        Map.entry("fs.", "the cluster's file systems"), Map.entry("dfs.", "HDFS"), Map.entry("hadoop.", "the cluster and its security"),
        Map.entry("yarn.", "YARN"), Map.entry("ipc.", "the cluster's network"), Map.entry("rpc.", "the cluster's network"),
        Map.entry("net.", "the cluster's network"), Map.entry("ha.", "the cluster's services"), Map.entry("zk-dt-secret-manager.", "its security"),
        Map.entry("security.", "its security"), Map.entry("ssl.", "its security"), Map.entry("livemr.", "LiveMR's own settings"),
        Map.entry("mapred.", "names of old that stand for others; use the name that begins with mapreduce."),
        Map.entry("jobclient.", "names of old that stand for others"), Map.entry("job.end.", "names of old that stand for others"),
        Map.entry("mapreduce.framework.", "where jobs run"), Map.entry("mapreduce.cluster.", "where files of jobs are kept"),
        Map.entry("mapreduce.jobtracker.", "where files of jobs are kept"), Map.entry("mapreduce.jobhistory.", "the cluster's services"),
        Map.entry("mapreduce.shuffle.", "the cluster's services"), Map.entry("mapreduce.application.", "the code that Hadoop itself runs"),
        Map.entry("mapreduce.admin.", "the administrator's"), Map.entry("mapreduce.job.tags", "how the panel's jobs are found in YARN"),
        Map.entry("mapreduce.job.user.", "who runs the job"), Map.entry("mapreduce.job.jar", "the jar that was uploaded"),
        Map.entry("mapreduce.job.acl-", "who may see and kill the job"), Map.entry("mapreduce.job.token.", "the job's credentials"),
        Map.entry("mapreduce.job.credentials.", "the job's credentials"),
        Map.entry("mapreduce.job.end-notification.", "addresses that Hadoop calls")));

    private PropertyRules() { }

    /** What is wrong with the first property that is refused. */
    static Optional<String> refusal(final Map<String, String> properties) {
        final int length = properties.entrySet().stream().mapToInt(p -> p.getKey().length() + (p.getValue() == null ? 0 : p.getValue().length())).sum();
        if (properties.size() > COUNT_LIMIT || length > LENGTH_LIMIT) {
            return Optional.of("at most " + COUNT_LIMIT + " of " + LENGTH_LIMIT + " characters all together");
        }
        return properties.entrySet().stream().map(PropertyRules::refusal).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> refusal(final Map.Entry<String, String> property) {
        if (!NAME.matcher(property.getKey()).matches()) {
            return Optional.of("named by " + NAME + ", name=" + property.getKey());
        }
        if (property.getValue() == null || property.getValue().chars().anyMatch(Character::isISOControl)) {
            return Optional.of("text of one line, name=" + property.getKey());
        }
        return meaning(property.getKey()).map(what -> "without name=" + property.getKey() + ": a job must not set " + what);
    }

    private static Optional<String> meaning(final String name) {
        final List<String> prefixes = REFUSED.keySet().stream().filter(name::startsWith).toList();
        return prefixes.stream().reduce((shorter, longer) -> longer).map(REFUSED::get);
    }
}
