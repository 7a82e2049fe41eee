package io.livemr.hdfs.shell;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FsShell;
import org.apache.hadoop.fs.shell.CommandFactory;
import org.apache.hadoop.fs.shell.FsCommand;
import org.apache.hadoop.util.ToolRunner;

/** Hadoop's file system shell, all of it, and {@link ComposeFromLocal}. */
public class ComposeShell extends FsShell {

    public ComposeShell() {
        super(null);
    }

    public ComposeShell(Configuration conf) {
        super(conf);
    }

    @Override
    protected void registerCommands(CommandFactory factory) {
        factory.registerCommands(FsCommand.class);   // FsShell does so for itself only, not for subclasses
        factory.addClass(ComposeFromLocal.class, "-" + ComposeFromLocal.NAME);
    }

    public static void main(String[] arguments) throws Exception {
        final ComposeShell shell = new ComposeShell(new Configuration());
        final int exit;
        try {
            exit = ToolRunner.run(shell, arguments);
        } finally {
            shell.close();
        }
        System.exit(exit);
    }
}
