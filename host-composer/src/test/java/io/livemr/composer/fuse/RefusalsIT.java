package io.livemr.composer.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.composer.file.ReadRefusedException.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsIT extends MountedTest {

    @Test
    void shouldRefuseEveryChange() throws IOException {
        final MemoryFile file = files.add(100);
        final Path path = path(file);
        final List<ThrowingCallable> changes = List.of(
            () -> Files.newByteChannel(path, StandardOpenOption.WRITE),
            () -> Files.newByteChannel(path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
            () -> Files.createFile(root.resolve("new")),
            () -> Files.createDirectory(root.resolve("new")),
            () -> Files.createSymbolicLink(root.resolve("new"), path),
            () -> Files.createLink(root.resolve("new"), path),
            () -> Files.delete(path),
            () -> Files.move(path, root.resolve("new")),
            () -> Files.setLastModifiedTime(path, Files.getLastModifiedTime(path)),
            () -> Files.setAttribute(path, "user:livemr.state", ByteBuffer.allocate(1)));

        for (final ThrowingCallable change : changes) {
            assertThatThrownBy(change).isInstanceOf(IOException.class).hasMessageContaining("Read-only file system");
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(file.bytes());
    }

    @ParameterizedTest
    @CsvSource({ "EACCES,Permission denied", "EIO,Input/output error", "ESTALE,Stale file handle" })
    void shouldGiveAnOpenReaderTheErrnoOfTheRefusal(final Errno errno, final String message) throws IOException {
        final MemoryFile file = files.add(10_000);

        try (FileChannel channel = FileChannel.open(path(file))) {
            assertThat(channel.read(ByteBuffer.allocate(10), 0)).isEqualTo(10);
            file.refuse(errno);

            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(10), 0)).isInstanceOf(IOException.class).hasMessage(message);
        }
    }

    @Test
    void shouldRefuseToOpenARevokedFile() {
        final MemoryFile file = files.add(10_000);
        file.refuse(Errno.EACCES);

        assertThatThrownBy(() -> FileChannel.open(path(file))).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> FileChannel.open(view(5, file))).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void shouldAskTheFileItselfAfterItsNameIsGone() throws IOException {
        final MemoryFile file = files.add(10_000);

        try (FileChannel channel = FileChannel.open(path(file))) {
            files.remove(file);
            file.refuse(Errno.EACCES);

            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(10), 0)).hasMessage("Permission denied");
            assertThatThrownBy(() -> FileChannel.open(path(file))).isInstanceOf(NoSuchFileException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "livemr_00", ".at/01", ".at/-1", ".at/+1", ".at/ 1", ".at/0x1", ".at/9223372036854775808",
        ".at/99999999999999999999999999", ".at/abc", ".at/101/livemr_0000000000000001", ".at/0/other", ".at/0/.at", "..livemr" })
    void shouldNotHaveWhatIsNotThere(final String name) {
        files.add(100);

        assertThatThrownBy(() -> Files.readAttributes(root.resolve(name), "*")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldHaveTheViewAtTheVeryEnd() throws IOException {
        final MemoryFile file = files.add(100);

        assertThat(Files.readAllBytes(view(100, file))).isEmpty();
    }

    @Test
    void shouldListFilesButNoViews() throws IOException {
        final List<String> names = Stream.generate(() -> files.add(10)).limit(1_000).map(MemoryFile::name).sorted().toList();

        assertThat(list(root)).isEqualTo(names);
        assertThat(list(root.resolve(".at"))).isEmpty();
        assertThat(list(root.resolve(".at/10"))).isEqualTo(names);
        assertThat(list(root.resolve(".at/11"))).isEmpty();
    }

    private static List<String> list(final Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void shouldBelongToRootAndShowNoRightToOthers() throws IOException {
        final var attributes = Files.readAttributes(path(files.add(10)), "unix:mode,uid,gid,nlink,ino,size");

        assertThat(attributes).containsEntry("mode", 0100440).containsEntry("uid", 0).containsEntry("gid", 0).containsEntry("ino", 101L);
    }
}
