package io.livemr.hdfs.shell;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.hdfs.composer.ComposerAddress;
import io.livemr.hdfs.composer.ComposerClient;
import io.livemr.hdfs.linker.FileLink;
import io.livemr.hdfs.linker.FileLinker;
import io.livemr.hdfs.linker.Linked;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.Map;
import org.apache.hadoop.HadoopIllegalArgumentException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.shell.CommandFormat;
import org.apache.hadoop.fs.shell.FsCommand;
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

    private int waitSeconds = FileLinker.DEFAULT_WAIT_SECONDS;
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
        waitSeconds = (int) number(format, "wait", FileLinker.DEFAULT_WAIT_SECONDS);
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

    private void compose(String conf, Path dest) throws IOException {
        final FileLink wanted = new FileLink(dest.toString(), requester(), ComposeConf.read(conf), blockBytes, follow);
        final ComposerClient composer = new ComposerClient(new ComposerAddress(getConf()));
        try (FileLinker linker = new FileLinker(FileLinker.hdfsOf(dest, getConf()), composer, json ? err : out, waitSeconds)) {
            report(dest, linker.link(wanted));
        }
    }

    private String requester() throws IOException {
        return requester != null ? requester : UserGroupInformation.getCurrentUser().getShortUserName();
    }

    private void report(Path dest, Linked made) throws IOException {
        final String path = dest.toUri().getPath();
        if (json) {
            final Map<String, Object> result = new LinkedHashMap<>();
            result.put("name", made.composedFile());
            result.put("path", path);
            result.put("lengthBytes", made.composition().lengthBytes());
            result.put("blocks", made.composition().blocks());
            result.put("composeMillis", made.composeMillis());
            result.put("consentMillis", made.consentMillis());
            out.println(new ObjectMapper().writeValueAsString(result));
        } else {
            out.printf("%s: %d bytes in %d blocks of %s, linked in %d ms%n", path, made.composition().lengthBytes(),
                made.composition().blocks(), made.composedFile(), made.composeMillis());
        }
    }
}
