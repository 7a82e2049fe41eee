package io.livemr.hdfs.plugin;

import io.livemr.hdfs.link.ComposedName;
import io.livemr.hdfs.rpc.Follow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this DataNode follows, kept over its death: one file each, named by inode, one line of text:
 *
 * <pre>
 *  livemr-follow 1 INODE livemr_… BLOCK_SIZE_BYTES CRC32
 * </pre>
 *
 * The CRC-32, in hex, is of the line before its last blank. A file is written under another name and renamed, so it is
 * there whole or not at all; one that is damaged all the same is set aside as {@code INODE.damaged} and named in the log.
 */
final class FollowStore {

    private static final Logger LOG = LoggerFactory.getLogger(FollowStore.class);
    private static final String HEAD = "livemr-follow 1 ";

    private final Path folder;

    FollowStore(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    void put(Follow follow) throws IOException {
        final Path unfinished = folder.resolve(follow.inodeId() + ".tmp");
        try (FileChannel out = FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write(ByteBuffer.wrap(lineOf(follow).getBytes(StandardCharsets.US_ASCII)));
            out.force(true);
        }
        Files.move(unfinished, fileOf(follow.inodeId()), StandardCopyOption.ATOMIC_MOVE);
    }

    void remove(long inodeId) throws IOException {
        Files.deleteIfExists(fileOf(inodeId));
    }

    List<Follow> load() throws IOException {
        final List<Follow> follows = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*.follow")) {
            for (final Path file : files) {
                load(file, follows);
            }
        }
        return follows;
    }

    private void load(Path file, List<Follow> follows) throws IOException {
        try {
            follows.add(parse(Files.readString(file, StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException | java.nio.charset.CharacterCodingException e) {
            final Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            LOG.error("not following any more what is recorded in {}: {}; compose again to follow", aside, e.getMessage());
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static String lineOf(Follow follow) {
        final String text = HEAD + follow.inodeId() + " " + follow.composedFile() + " " + follow.blockSizeBytes();
        return text + " " + crcOf(text) + "\n";
    }

    static Follow parse(String line) {
        final int end = line.lastIndexOf(' ');
        if (!line.startsWith(HEAD) || !line.endsWith("\n")
                || !crcOf(line.substring(0, end)).equals(line.substring(end + 1).trim())) {
            throw new IllegalArgumentException("damaged record: " + line.trim());
        }
        final String[] fields = line.substring(HEAD.length(), end).split(" ");
        return new Follow(Long.parseLong(fields[0]), ComposedName.idOf(fields[1]), Long.parseLong(fields[2]));
    }

    private static String crcOf(String text) {
        final CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return Long.toHexString(crc.getValue());
    }

    private Path fileOf(long inodeId) {
        return folder.resolve(inodeId + ".follow");
    }
}
