package io.livemr.examples;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.lib.reduce.LongSumReducer;

/** What both examples share: a mapper emits keys with a one, the sums are written as {@code key TAB count}, sorted by the key's bytes. */
final class CountingJob {

    private CountingJob() { }

    static void configure(final Job job, final Class<? extends Mapper<?, Text, Text, LongWritable>> mapper) {
        job.setJarByClass(mapper);
        job.setMapperClass(mapper);
        job.setCombinerClass(LongSumReducer.class);
        job.setReducerClass(LongSumReducer.class);
        job.setOutputKeyClass(Text.class);
        job.setOutputValueClass(LongWritable.class);
    }

    static int run(final Job job, final String input, final String output)
            throws IOException, InterruptedException, ClassNotFoundException {
        FileInputFormat.addInputPath(job, new Path(input));
        FileInputFormat.setInputDirRecursive(job, true);
        FileOutputFormat.setOutputPath(job, new Path(output));
        return job.waitForCompletion(true) ? 0 : 1;
    }
}
