package io.livemr.agent.file;

import static io.livemr.agent.denial.DenialReason.BAD_PATH;
import static io.livemr.agent.denial.DenialReason.IO_ERROR;
import static io.livemr.agent.denial.DenialReason.NO_SUCH_FILE;

import io.livemr.agent.denial.DeniedException;
import io.livemr.agent.disk.DiskLayout;
import io.livemr.agent.disk.LayoutResolver;
import io.livemr.agent.disk.SuperBlock;
import io.livemr.agent.kernel.Descriptor;
import io.livemr.agent.kernel.FileFlags;
import io.livemr.agent.kernel.FileStat;
import io.livemr.agent.kernel.KernelException;
import io.livemr.extent.FileId;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Opens files by path, through no symbolic link in any component, and checks all that must hold for a grant.
 *
 * <p>The path is looked up once; what is found is checked before it is opened, so that asking for a device or a
 * pipe does not wake it, and everything after is asked of the open file.
 */
public final class GuestFileOpener {

    private final LayoutResolver layouts;
    private final SuperBlock superBlock;

    public GuestFileOpener(final LayoutResolver layouts, final SuperBlock superBlock) {
        this.layouts = layouts;
        this.superBlock = superBlock;
    }

    /** @throws DeniedException with the reason and the way out; nothing stays open then. */
    public GuestFile open(final String path) throws DeniedException {
        checkSpelling(path);
        try (Descriptor found = Descriptor.lookUpWithoutLinks(path)) {
            FileRules.checkRegular(found, path);
            return checked(path, found.reopenForReading());
        } catch (final KernelException failure) {
            throw denied(path, failure);
        } catch (final IOException failure) {
            throw new DeniedException(IO_ERROR, path + ": " + failure.getMessage());
        }
    }

    /** @throws DeniedException if its file system has since been mounted in a way that no grant can be given on. */
    public void checkMount(final GuestFile file) throws IOException, DeniedException {
        FileRules.checkFileSystem(file.descriptor(), file.path());
    }

    private GuestFile checked(final String path, final Descriptor file) throws IOException, DeniedException {
        boolean good = false;
        try {
            FileRules.check(file, path);
            final FileStat stat = file.stat();
            final DiskLayout layout = layouts.resolve(stat.deviceMajor(), stat.deviceMinor());
            final FileId id = new FileId(
                    superBlock.uuid(stat.deviceMajor(), stat.deviceMinor()), stat.inode(), FileFlags.generation(file));
            final GuestFile opened = new GuestFile(path, id, file, layout);
            good = true;
            return opened;
        } finally {
            if (!good) {
                file.close();
            }
        }
    }

    /** Only one spelling of a path, so that a policy's pattern cannot be passed by {@code ..}. */
    private static void checkSpelling(final String path) throws DeniedException {
        final boolean plain = path.startsWith("/") && path.length() <= 4_095
                && path.chars().noneMatch(Character::isISOControl) && isNormal(path);
        if (!plain) {
            throw new DeniedException(BAD_PATH,
                    "path must be absolute, without . or .. or doubled slashes or control characters");
        }
    }

    private static boolean isNormal(final String path) throws DeniedException {
        try {
            return Path.of(path).normalize().toString().equals(path);
        } catch (final InvalidPathException e) {
            throw new DeniedException(BAD_PATH, "path has a character without bytes in this guest's locale");
        }
    }

    private static DeniedException denied(final String path, final KernelException failure) {
        if (failure.is(KernelException.ELOOP)) {
            return new DeniedException(BAD_PATH, path + " goes through a symbolic link; name where it leads (realpath)");
        }
        if (failure.is(KernelException.ENOENT, KernelException.ENOTDIR)) {
            return new DeniedException(NO_SUCH_FILE, path + " is not there");
        }
        return new DeniedException(IO_ERROR, path + ": " + failure.getMessage());
    }
}
