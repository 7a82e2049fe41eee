package io.livemr.hdfs.shell;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.hdfs.client.Composition;
import io.livemr.hdfs.client.LinkClient;
import io.livemr.hdfs.composer.ComposedFile;
import io.livemr.hdfs.composer.ComposerAddress;
import io.livemr.hdfs.composer.ComposerClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.HadoopIllegalArgumentException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathExistsException;
import org.apache.hadoop.fs.shell.CommandFormat;
import org.apache.hadoop.fs.shell.FsCommand;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * {@code -composeFromLocal [options] CONF DEST}: asks the owners of guest files, waits until the composer serves them as
 * one file, and makes DEST of its blocks, without copying a byte. DEST then grows as the last guest file grows.
 *
 * <p>Exit: 0 composed, 1 refused or failed (the line says by whom and why), 255 wrong use.
 */
public class ComposeFromLocal extends FsCommand {

    public static final String NAME = "composeFromLocal";
    public static final String USAGE =
        "[-wait SECONDS] [-requester NAME] [-blocksize BYTES] [-nofollow] [-json] CONF DEST";
    public static final String DESCRIPTION =
        "Make DEST an HDFS file over files inside running VMs, without copying. CONF is a JSON file, or the JSON itself: "
            + "{\"vm\": \"/path\"} or {\"vm\": [\"/path1\", \"/path2\"]}, joined in that order. The owners are asked; "
            + "-wait says for how long (default 300 s).";

    private static final int DEFAULT_WAIT_SECONDS = 300;

    private int waitSeconds = DEFAULT_WAIT_SECONDS;
    private String requester;
    private long blockBytes;
    private boolean follow;
    private boolean json;

    @Override
    protected void processOptions(LinkedList<String> arguments) throws IOException {
        final CommandFormat format = new CommandFormat(2, 2, "nofollow", "json");
        format.addOptionWithValue("wait");
        format.addOptionWithValue("requester");
        format.addOptionWithValue("blocksize");
        format.parse(arguments);
        waitSeconds = (int) number(format, "wait", DEFAULT_WAIT_SECONDS);
        blockBytes = number(format, "blocksize", 0);
        requester = format.getOptValue("requester");
        follow = !format.getOpt("nofollow");
        json = format.getOpt("json");
    }

    private static long number(CommandFormat format, String option, long otherwise) {
        final String value = format.getOptValue(option);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[0-9]{1,9}")) {
            throw new HadoopIllegalArgumentException("-" + option + " wants a whole number, not " + value);
        }
        return Long.parseLong(value);
    }

    @Override
    protected void processRawArguments(LinkedList<String> arguments) throws IOException {
        try {
            compose(arguments.get(0), new Path(arguments.get(1)));
        } catch (HadoopIllegalArgumentException | IOException e) {
            displayError(e);
        }
    }

    private void compose(String conf, Path given) throws IOException {
        final DistributedFileSystem fs = hdfsOf(given);
        final Path dest = fs.makeQualified(given);
        if (fs.exists(dest)) {
            throw new PathExistsException(dest.toString());
        }
        final ComposerClient composer = new ComposerClient(new ComposerAddress(getConf()));
        final long start = System.nanoTime();
        final ComposedFile asked = composer.compose(requester(), ComposeConf.read(conf));
        final ComposedFile live = new ConsentWait(composer, json ? err : out, waitSeconds).untilLive(asked);
        link(fs, dest, live, start);
    }

    private DistributedFileSystem hdfsOf(Path dest) throws IOException {
        final FileSystem fs = dest.getFileSystem(getConf());
        if (fs instanceof DistributedFileSystem hdfs) {
            return hdfs;
        }
        throw new HadoopIllegalArgumentException(dest + " is not on HDFS but on " + fs.getUri()
            + "; set fs.defaultFS or write hdfs://NAMENODE/PATH");
    }

    private String requester() throws IOException {
        return requester != null ? requester : UserGroupInformation.getCurrentUser().getShortUserName();
    }

    private void link(DistributedFileSystem fs, Path dest, ComposedFile live, long asked) throws IOException {
        final String path = dest.toUri().getPath();
        final long eachBytes = blockBytes == 0 ? fs.getDefaultBlockSize(dest) : blockBytes;
        try (LinkClient client = new LinkClient(fs)) {
            final long start = System.nanoTime();
            final Composition composed = client.compose(path, live.name(), live.lengthBytes(), eachBytes);
            final long composeMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            if (follow) {
                client.follow(composed, live.name());
            }
            report(path, live, composed, composeMillis, TimeUnit.NANOSECONDS.toMillis(start - asked));
        }
    }

    private void report(String path, ComposedFile live, Composition composed, long composeMillis, long consentMillis)
            throws IOException {
        if (json) {
            final Map<String, Object> result = new LinkedHashMap<>();
            result.put("name", live.name());
            result.put("path", path);
            result.put("lengthBytes", composed.lengthBytes());
            result.put("blocks", composed.blocks());
            result.put("composeMillis", composeMillis);
            result.put("consentMillis", consentMillis);
            out.println(new ObjectMapper().writeValueAsString(result));
        } else {
            out.printf("%s: %d bytes in %d blocks of %s, linked in %d ms%n", path, composed.lengthBytes(),
                composed.blocks(), live.name(), composeMillis);
        }
    }
}
