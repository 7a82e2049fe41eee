package io.livemr.bench.ingest;

import io.livemr.bench.host.Peer;
import java.nio.file.Path;

/** A way to get a file out of a VM's disk into a file of this host. */
public interface CopyOut extends Peer {

    /** What has to be there before the clock runs, for example an appliance that is built once. */
    void prepare() throws Exception;

    /** Copies; the file is new. */
    void copyTo(Path target) throws Exception;
}
