package io.livemr.agent.listing;

import io.livemr.agent.denial.DenialReason;
import io.livemr.agent.denial.DeniedException;
import io.livemr.agent.kernel.Descriptor;
import io.livemr.agent.kernel.FileStat;
import io.livemr.agent.kernel.KernelException;
import io.livemr.extent.path.PathPattern;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Looks for the files of one pattern, for one request. Follows no symbolic link, opens no file, does not leave the file system of the
 * folder it begins in, and ends early at its limits. For one thread.
 */
final class FolderWalk {
    private static final int DEPTH_LIMIT = 32;

    private final PathPattern pattern;
    private final Predicate<String> mayBeTold;
    private final Limits limits;
    private final Deque<String> folders = new ArrayDeque<>();
    private final List<FoundFile> found = new ArrayList<>();
    private FileStat start;
    private int looked;
    private int foundBytes;
    private boolean truncated;

    /**
     * How much of one walk is enough.
     *
     * @param entries of folders that are looked at.
     * @param files   that are told.
     * @param bytes   of their names.
     */
    record Limits(int entries, int files, int bytes) {
    }

    /** What was found, by path; {@code truncated} if a limit ended the search. */
    record Findings(List<FoundFile> files, boolean truncated) {
    }

    FolderWalk(final PathPattern pattern, final Predicate<String> mayBeTold, final Limits limits) {
        this.pattern = pattern;
        this.mayBeTold = mayBeTold;
        this.limits = limits;
    }

    Findings find() throws DeniedException, IOException {
        folders.add(pattern.folder());
        enterFirst();
        while (!folders.isEmpty() && !truncated) {
            enter(folders.poll());
        }
        found.sort(Comparator.comparing(FoundFile::path));
        return new Findings(found, truncated);
    }

    private void enterFirst() throws DeniedException {
        try (Descriptor folder = Descriptor.lookUpWithoutLinks(folders.peek())) {
            start = folder.stat();
            if (!start.isFolder()) {
                throw new DeniedException(DenialReason.NOT_A_FOLDER, folders.peek() + " is not a folder; name it as a path");
            }
        } catch (final KernelException e) {
            throw denied(folders.peek(), e);
        }
    }

    private static DeniedException denied(final String path, final KernelException e) {
        if (e.is(KernelException.ELOOP)) {
            return new DeniedException(DenialReason.BAD_PATH, path + " goes through a symbolic link; name where it leads (realpath)");
        }
        return e.is(KernelException.ENOENT, KernelException.ENOTDIR) ? new DeniedException(DenialReason.NO_SUCH_FILE, path + " is not there")
                : new DeniedException(DenialReason.IO_ERROR, path + ": " + e.getMessage());
    }

    /** One that is gone by now, or cannot be read, has nothing to tell. */
    private void enter(final String path) throws IOException {
        try (Descriptor folder = Descriptor.lookUpWithoutLinks(path)) {
            if (folder.stat().isOnDeviceOf(start)) {
                look(path, folder);
            }
        } catch (final KernelException gone) {
            return;
        }
    }

    private void look(final String path, final Descriptor folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.procPath())) {
            for (final Path entry : entries) {
                if (++looked > limits.entries()) {
                    truncated = true;
                    return;
                }
                look((path.equals("/") ? "" : path) + "/" + entry.getFileName(), entry);
            }
        } catch (final DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** A name that is no plain text could not be asked for either. */
    private void look(final String path, final Path entry) {
        if (!PathPattern.isPlainPath(path) || !pattern.matches(path) && !pattern.leadsInto(path)) {
            return;
        }
        try {
            final BasicFileAttributes now = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (now.isDirectory() && pattern.leadsInto(path) && path.chars().filter(c -> c == '/').count() < DEPTH_LIMIT) {
                folders.add(path);
            } else if (now.isRegularFile() && pattern.matches(path) && mayBeTold.test(path)) {
                tell(new FoundFile(path, now.size()));
            }
        } catch (final IOException gone) {
            return;
        }
    }

    private void tell(final FoundFile file) {
        // As JSON a character may take six bytes.
        foundBytes += 6 * file.path().length() + 64;
        if (found.size() == limits.files() || foundBytes > limits.bytes()) {
            truncated = true;
        } else {
            found.add(file);
        }
    }
}
