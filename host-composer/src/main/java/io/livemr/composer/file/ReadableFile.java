package io.livemr.composer.file;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/**
 * One composed file as a reader sees it. Reads obey S1: bytes of the granted guest files as of their last write that reached
 * the virtual disk, or an exception, never any other byte.
 *
 * <p>Safe to share between threads; reads run in parallel.
 */
public interface ReadableFile {

    /** {@code livemr_} and 16 hex digits. */
    String name();

    /** Stable for the life of the file, also over a restart; never 0 or 1. */
    long inode();

    /** Length as of the last commit. Grows; shrinks only where the last source's guest tells of its writes itself, and truncated the file. */
    long lengthBytes();

    /** When the length or the state last changed. */
    Instant modifiedAt();

    /**
     * Fills {@code destination} from {@code offsetBytes} on.
     *
     * @return bytes read, 0 when {@code offsetBytes} is at or past the end; the destination's position moves by as much.
     *         Fewer than {@code destination.remaining()} only at the end of the file.
     * @throws ReadRefusedException when the bytes cannot be vouched for. The destination's position is then as before the
     *                              call, and what lies behind it is of no meaning and must not be handed on.
     */
    int read(ByteBuffer destination, long offsetBytes) throws ReadRefusedException;

    /** Extended attributes of docs/protocol.md section 5, name → value. */
    Map<String, String> attributes();
}
