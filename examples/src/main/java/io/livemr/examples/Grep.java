package io.livemr.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;

/**
 * How often each match of a pattern occurs: {@code Grep [generic options] REGEX INPUT OUTPUT}.
 *
 * <p>As {@code grep -oE REGEX | sort | uniq -c}: every non-empty match within a line counts, matches do not overlap. The pattern is
 * java.util.regex's and sees lines as UTF-8, in which broken bytes are U+FFFD. Input is a file or a folder with its subfolders.
 */
public final class Grep extends Configured implements Tool {

    static final String PATTERN_KEY = "livemr.examples.grep.pattern";

    public static void main(final String[] args) throws Exception {
        System.exit(ToolRunner.run(new Configuration(), new Grep(), args));
    }

    @Override
    public int run(final String[] args) throws Exception {
        if (args.length != 3) {
            System.err.println("usage: Grep [generic options] REGEX INPUT OUTPUT");
            return 2;
        }
        if (!compiles(args[0])) {
            return 2;
        }
        final Job job = Job.getInstance(getConf(), "grep");
        // In hex, as "${…}" of a pattern would be taken for a reference to another key.
        job.getConfiguration().set(PATTERN_KEY, HexFormat.of().formatHex(args[0].getBytes(UTF_8)));
        CountingJob.configure(job, MatchMapper.class);
        return CountingJob.run(job, args[1], args[2]);
    }

    private static boolean compiles(final String regex) {
        try {
            Pattern.compile(regex);
            return true;
        } catch (final PatternSyntaxException e) {
            System.err.println("regex=" + regex + " is not a pattern: " + e.getMessage());
            return false;
        }
    }

    /** Emits each match of a line with a one. */
    public static final class MatchMapper extends Mapper<LongWritable, Text, Text, LongWritable> {

        private static final LongWritable ONE = new LongWritable(1);
        private final Text match = new Text();
        private Pattern pattern;

        @Override
        protected void setup(final Context context) {
            pattern = Pattern.compile(new String(HexFormat.of().parseHex(context.getConfiguration().get(PATTERN_KEY)), UTF_8));
        }

        @Override
        protected void map(final LongWritable offset, final Text line, final Context context)
                throws IOException, InterruptedException {
            final Matcher matcher = pattern.matcher(line.toString());
            while (matcher.find()) {
                if (!matcher.group().isEmpty()) {
                    match.set(matcher.group());
                    context.write(match, ONE);
                }
            }
        }
    }
}
