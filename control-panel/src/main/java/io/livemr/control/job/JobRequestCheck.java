package io.livemr.control.job;

import io.livemr.control.settings.JobSettings;
import io.livemr.control.settings.PanelSettings;
import io.livemr.control.web.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Refuses what could never run, and what is larger than its column or its limit. Errors name the field. */
@Component
public class JobRequestCheck {

    private static final Pattern CLASS = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");
    private static final Pattern REQUESTER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}");
    private static final Pattern VM = Pattern.compile("[^/\\p{Cntrl}]{1,255}");
    private static final int NAME_LIMIT = 200;
    private static final int PATH_LIMIT_BYTES = 4_095;
    private static final int OUTPUT_LIMIT = 4_000;
    private static final int ARGS_LIMIT = 32_768;
    private static final long TTL_LIMIT_SECONDS = 10L * 365 * 24 * 3600;

    private final JobSettings settings;

    public JobRequestCheck(final PanelSettings settings) {
        this.settings = settings.jobs();
    }

    void check(final JobRequest job) {
        require(job.name() == null || isText(job.name(), NAME_LIMIT), "name", "up to " + NAME_LIMIT + " characters of one line");
        require(isAbsent(job.mainClass()) || job.mainClass().length() <= 1_000 && CLASS.matcher(job.mainClass()).matches(), "mainClass",
            "a class name such as io.livemr.examples.WordCount");
        require(job.requester() == null || REQUESTER.matcher(job.requester()).matches(), "requester", "a name that matches " + REQUESTER);
        require(job.ttlSeconds() == null || job.ttlSeconds() > 0 && job.ttlSeconds() <= TTL_LIMIT_SECONDS, "ttlSeconds",
            "between 1 and " + TTL_LIMIT_SECONDS);
        require(isAbsent(job.output()) || isText(job.output(), OUTPUT_LIMIT), "output", "a path in HDFS of up to " + OUTPUT_LIMIT + " characters");
        checkArgs(job.args());
        checkProperties(job.properties());
        checkInputs(job.inputs());
    }

    private void checkArgs(final List<String> args) {
        if (args != null) {
            require(args.stream().noneMatch(arg -> arg == null || arg.indexOf('\0') >= 0), "args", "strings without NUL");
            require(args.stream().mapToInt(arg -> 3 + arg.length()).sum() <= ARGS_LIMIT, "args", ARGS_LIMIT + " characters at most, all together");
        }
    }

    private void checkProperties(final Map<String, String> properties) {
        PropertyRules.refusal(properties == null ? Map.of() : properties).ifPresent(wanted -> require(false, "properties", wanted));
    }

    /** Of what the inputs mean. */
    void checkCount(final List<JobRequest.Input> files) {
        require(files.size() <= settings.inputLimit(), "inputs", "at most " + settings.inputLimit() + " files (livemr.jobs.input-limit); they mean "
            + files.size());
    }

    private void checkInputs(final List<JobRequest.Input> inputs) {
        require(inputs != null && !inputs.isEmpty(), "inputs", "at least one {vm, path}");
        require(inputs.size() <= settings.inputLimit(), "inputs", "at most " + settings.inputLimit() + " files");
        inputs.forEach(JobRequestCheck::checkInput);
        require(inputs.stream().map(input -> List.of(input.vm(), input.path() == null ? input.pattern() : input.path())).distinct().count()
            == inputs.size(), "inputs", "each file once");
    }

    private static void checkInput(final JobRequest.Input input) {
        require(input != null && input.vm() != null && VM.matcher(input.vm()).matches(), "inputs.vm", "the name of a machine");
        require(Stream.of(input.path(), input.glob(), input.folder()).filter(Objects::nonNull).count() == 1, "inputs.path",
            "there, or in its place glob or folder, and one of them alone, vm=" + input.vm());
        requirePath(input.path(), "inputs.path", input);
        requirePath(input.glob(), "inputs.glob", input);
        requirePath(input.folder(), "inputs.folder", input);
        require(input.folder() == null || input.folder().chars().noneMatch(c -> c == '*' || c == '?'), "inputs.folder",
            "without * and ?, which glob is for, vm=" + input.vm());
    }

    private static void requirePath(final String path, final String field, final JobRequest.Input input) {
        require(path == null || path.startsWith("/") && path.indexOf('\0') < 0
            && path.getBytes(StandardCharsets.UTF_8).length <= PATH_LIMIT_BYTES, field,
            "an absolute path of up to " + PATH_LIMIT_BYTES + " bytes, vm=" + input.vm());
    }

    private static boolean isAbsent(final String text) {
        return text == null || text.isEmpty();
    }

    private static boolean isText(final String text, final int limit) {
        return !text.isBlank() && text.length() <= limit && text.chars().noneMatch(Character::isISOControl);
    }

    private static void require(final boolean holds, final String field, final String wanted) {
        if (!holds) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "field=" + field + " must be " + wanted);
        }
    }
}
