package io.livemr.hdfs.plugin;

import io.livemr.hdfs.link.ReadAhead;
import org.apache.hadoop.metrics2.annotation.Metric;
import org.apache.hadoop.metrics2.annotation.Metrics;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.apache.hadoop.metrics2.lib.MutableCounterLong;
import org.apache.hadoop.metrics2.lib.MutableGaugeLong;
import org.apache.hadoop.metrics2.lib.MutableRate;

/** The plug-in's counters in Hadoop's metrics, also under {@code /jmx} as {@code Hadoop:service=DataNode,name=LiveMrLinks}. */
@Metrics(name = "LiveMrLinks", about = "Linked blocks and the files that grow", context = "dfs")
final class LinkMetrics {

    @Metric("Blocks made links")
    MutableCounterLong blocksTouched;
    @Metric("Blocks made longer")
    MutableCounterLong blocksGrown;
    @Metric("Requests refused because of their user")
    MutableCounterLong requestsRefused;
    @Metric("HDFS files that are followed")
    MutableGaugeLong filesFollowed;
    @Metric("HDFS files waiting for growth, at most one growth each")
    MutableGaugeLong growthsPending;
    @Metric("From the event to the grown file, milliseconds")
    MutableRate growth;
    @Metric("Growths tried again later")
    MutableCounterLong growthsFailed;
    @Metric("Leases taken back from a growth that died")
    MutableCounterLong leasesRecovered;
    @Metric("Event streams begun")
    MutableCounterLong eventStreams;
    @Metric("Files no longer followed because they are gone or revoked")
    MutableCounterLong followsEnded;

    @Metric("Buffers of links that are read before they are asked for, of at most 64")
    int buffersAhead() {
        return ReadAhead.buffersAhead();
    }

    static LinkMetrics register() {
        return DefaultMetricsSystem.instance().register("LiveMrLinks", null, new LinkMetrics());
    }

    static void unregister() {
        DefaultMetricsSystem.instance().unregisterSource("LiveMrLinks");
    }
}
