package io.livemr.launcher.demo;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What the demo found; the line that {@code --output json} ends with.
 *
 * @param job                 the state in which both jobs ended, or the worse of the two.
 * @param verified            whether both jobs' full tables equal the guest's own count of the same bytes.
 * @param inputBytes          bytes of the log that the second job read.
 * @param bytesCopied         disk space that the input takes in the DataNode's folder, measured: 0 when nothing was copied.
 * @param composeMillis       the linking: from the first call to the NameNode until the file in HDFS is complete.
 * @param growthVisibleMillis from the return of the guest's fsync until HDFS shows the bytes, median.
 */
@JsonPropertyOrder({"job", "verified", "inputBytes", "bytesCopied", "composeMillis", "growthVisibleMillis"})
public record DemoResult(
    String job, boolean verified, long inputBytes, long bytesCopied, long composeMillis, long growthVisibleMillis) {
}
