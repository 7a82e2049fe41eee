package io.livemr.composer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedPageTest {

    @TempDir
    private Path folder;

    private Path write(final String magic, final int version, final int lengthBytes) throws IOException {
        final ByteBuffer page = ByteBuffer.allocate(lengthBytes).order(ByteOrder.nativeOrder());
        page.put(magic.getBytes(StandardCharsets.US_ASCII)).putInt(version).putLong(0x0102030405060708L).putLong(-2);
        return Files.write(folder.resolve("page"), page.array());
    }

    @Test
    void shouldReadBothCountersInNativeOrder() throws Exception {
        final SharedPage page = SharedPage.open(write("LMRG", 1, 4_096));

        assertThat(page.layout()).isEqualTo(0x0102030405060708L);
        assertThat(page.revocations()).isEqualTo(-2);
    }

    @Test
    void shouldSeeEachCountAtOnce() throws Exception {
        final TestPage qemu = TestPage.at(folder.resolve("page"));
        final SharedPage page = qemu.opened();

        for (int i = 1; i <= 1_000; i++) {
            qemu.count(TestPage.LAYOUT, 1);
            qemu.count(TestPage.REVOCATIONS, 3);
            assertThat(page.layout()).isEqualTo(i);
            assertThat(page.revocations()).isEqualTo(3L * i);
        }
    }

    @ParameterizedTest
    @CsvSource({"LMRQ,1,4096", "LMRG,2,4096", "LMRG,16777216,4096", "LMRG,1,4095", "LMRG,1,24"})
    void shouldRefuseWhatIsNoPage(final String magic, final int version, final int lengthBytes) throws Exception {
        final Path path = write(magic, version, lengthBytes);

        assertThatThrownBy(() -> SharedPage.open(path)).isInstanceOf(IOException.class).hasMessageContaining("path=" + path);
    }

    @Test
    void shouldRefuseAPageThatIsNotThere() {
        assertThatThrownBy(() -> SharedPage.open(folder.resolve("none"))).isInstanceOf(IOException.class);
    }

    @Test
    void shouldKnowWhenAnotherPageTookItsPlace() throws Exception {
        final SharedPage page = SharedPage.open(write("LMRG", 1, 4_096));
        assertThat(page.isCurrent()).isTrue();

        Files.move(Files.write(folder.resolve("new"), new byte[4_096]), folder.resolve("page"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(page.isCurrent()).isFalse();
        Files.delete(folder.resolve("page"));
        assertThat(page.isCurrent()).isFalse();
    }
}
