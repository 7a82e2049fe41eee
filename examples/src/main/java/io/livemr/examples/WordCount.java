package io.livemr.examples;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;

/**
 * How often each word occurs: {@code WordCount [generic options] INPUT OUTPUT}.
 *
 * <p>A word is a run of bytes between ASCII white space ({@code [ \t\n\r\f]}); words are the same when their bytes are. So a guest can
 * make the same count of a file without any of this:
 *
 * <pre>
 *   LC_ALL=C tr -s ' \t\r\f' '\n' | LC_ALL=C grep -av '^$' | LC_ALL=C sort | uniq -c
 * </pre>
 *
 * <p>Input is a file or a folder with its subfolders. What {@code TextInputFormat} does stays as it is: names that begin with
 * {@code _} or {@code .} are skipped, compressed files are unpacked by their suffix, a UTF-8 byte order mark at the start of a
 * file is dropped.
 */
public final class WordCount extends Configured implements Tool {

    public static void main(final String[] args) throws Exception {
        System.exit(ToolRunner.run(new Configuration(), new WordCount(), args));
    }

    @Override
    public int run(final String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("usage: WordCount [generic options] INPUT OUTPUT");
            return 2;
        }
        final Job job = Job.getInstance(getConf(), "word count");
        CountingJob.configure(job, WordMapper.class);
        return CountingJob.run(job, args[0], args[1]);
    }

    /** Emits each word of a line with a one. */
    public static final class WordMapper extends Mapper<LongWritable, Text, Text, LongWritable> {

        private static final LongWritable ONE = new LongWritable(1);
        private final Text word = new Text();

        @Override
        protected void map(final LongWritable offset, final Text line, final Context context)
                throws IOException, InterruptedException {
            final AsciiTokens tokens = new AsciiTokens(line.getBytes(), line.getLength());
            while (tokens.next()) {
                word.set(line.getBytes(), tokens.start(), tokens.lengthBytes());
                context.write(word, ONE);
            }
        }
    }
}
