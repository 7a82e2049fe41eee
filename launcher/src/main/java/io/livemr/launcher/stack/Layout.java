package io.livemr.launcher.stack;

import java.nio.file.Path;

/**
 * The state folder of one host.
 *
 * <pre>
 *  RUN/composer/        the composer's state, its token and url
 *  RUN/mnt/             composed files
 *  RUN/hadoop/conf/     written anew at each start
 *  RUN/hadoop/name|data HDFS
 *  RUN/panel/           the control panel's state
 *  RUN/log/NAME.log     what each process said
 *  RUN/run/NAME.pid     who runs
 *  RUN/ports.json       chosen once
 *  RUN/stack.json       there while the stack serves; other commands find it by this
 * </pre>
 */
public record Layout(Path run) {
    public Path composer() {
        return run.resolve("composer");
    }

    public Path composerToken() {
        return composer().resolve("token");
    }

    public Path mount() {
        return run.resolve("mnt");
    }

    public Path conf() {
        return run.resolve("hadoop/conf");
    }

    public Path name() {
        return run.resolve("hadoop/name");
    }

    public Path data() {
        return run.resolve("hadoop/data");
    }

    public Path hadoopTemp() {
        return run.resolve("hadoop/tmp");
    }

    public Path panel() {
        return run.resolve("panel");
    }

    public Path log(final String name) {
        return run.resolve("log").resolve(name + ".log");
    }

    public Path pids() {
        return run.resolve("run");
    }

    public Path ports() {
        return run.resolve("ports.json");
    }

    public Path description() {
        return run.resolve("stack.json");
    }

    public Path lock() {
        return run.resolve("lock");
    }
}
