package io.livemr.agent.file;

import io.livemr.agent.disk.DiskLayout;
import io.livemr.agent.kernel.Descriptor;
import io.livemr.agent.kernel.FileStat;
import io.livemr.extent.FileId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.UserPrincipal;

/** An open file that passed every rule, who it is and where its file system lies. Its holder closes it. */
public record GuestFile(String path, FileId id, Descriptor descriptor, DiskLayout layout) implements AutoCloseable {

    public FileStat stat() throws IOException {
        return descriptor.stat();
    }

    /** The owner now; two principals are equal exactly if their uids are. */
    public UserPrincipal owner() throws IOException {
        return Files.getOwner(descriptor.procPath());
    }

    public String ownerName() throws IOException {
        return owner().getName();
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
