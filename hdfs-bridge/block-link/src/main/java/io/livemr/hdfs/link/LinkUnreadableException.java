package io.livemr.hdfs.link;

import java.io.FileNotFoundException;

/**
 * The bytes a link points to cannot be had now: the file is gone, revoked, stale, or shorter than the link.
 *
 * <p>It is a FileNotFoundException because that is the one error that {@code VolumeScanner.ScanResultHandler} and
 * {@code DataXceiver} take as "not now" and not as "this replica is bad". The NameNode would never take back the latter.
 * The message must not start with "Input/output error": {@code BlockSender} takes that for a broken disk.
 */
public final class LinkUnreadableException extends FileNotFoundException {

    private static final long serialVersionUID = 1L;

    public LinkUnreadableException(String message, Throwable cause) {
        super(message);
        initCause(cause);
    }
}
