package io.livemr.composer.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import io.livemr.composer.file.ReadRefusedException.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.junit.jupiter.api.Test;

class XattrIT extends MountedTest {

    private static final class C {

        static {
            Native.register(C.class, "c");
        }

        static native long getxattr(String path, String name, byte[] value, NativeLong sizeBytes) throws LastErrorException;
    }

    private UserDefinedFileAttributeView attributes(final Path path) {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
    }

    @Test
    void shouldListAndGiveTheAttributesOfAFileAndItsViews() throws IOException {
        final MemoryFile file = files.add(10);

        for (final Path path : new Path[] {path(file), view(3, file)}) {
            assertThat(attributes(path).list()).containsExactlyInAnyOrder("livemr.segments", "livemr.state");
            assertThat(value(path, "livemr.state")).isEqualTo("LIVE");
        }
    }

    /** By path: the JDK opens a file to see its attributes, and this one cannot be opened. */
    @Test
    void shouldTellTheStateOfARevokedFile() {
        final MemoryFile file = files.add(10);
        file.refuse(Errno.EACCES);
        final byte[] value = new byte[100];

        final long lengthBytes = C.getxattr(path(file).toString(), "user.livemr.state", value, new NativeLong(value.length));

        assertThat(new String(value, 0, (int) lengthBytes, StandardCharsets.UTF_8)).isEqualTo("REVOKED");
    }

    @Test
    void shouldSayWhenTheRoomIsTooSmall() {
        final var attributes = attributes(path(files.add(10)));

        assertThatThrownBy(() -> attributes.read("livemr.state", ByteBuffer.allocate(3)))
            .isInstanceOf(FileSystemException.class).hasMessageContaining("Insufficient space in buffer");
    }

    @Test
    void shouldSayWhenThereIsNoSuchAttribute() {
        final var attributes = attributes(path(files.add(10)));

        assertThatThrownBy(() -> attributes.size("livemr.other")).isInstanceOf(FileSystemException.class).hasMessageContaining("No data available");
    }

    @Test
    void shouldHaveNoAttributesOnDirectories() throws IOException {
        assertThat(attributes(root).list()).isEmpty();
    }

    private String value(final Path path, final String name) throws IOException {
        final ByteBuffer value = ByteBuffer.allocate(attributes(path).size(name));
        attributes(path).read(name, value);
        return new String(value.array(), StandardCharsets.UTF_8);
    }
}
