package io.livemr.control.jar;

import static io.livemr.control.jar.JarReason.JAR_TOO_LARGE;

import io.livemr.control.settings.PanelSettings;
import io.livemr.failpoint.FailPoint;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.stereotype.Component;

/** Keeps the jar of each job in the job's own folder; the uploader's name for it is never used. */
@Component
public class JarStore {

    private final PanelSettings settings;
    private final JarInspector inspector;

    public JarStore(final PanelSettings settings, final JarInspector inspector) {
        this.settings = settings;
        this.inspector = inspector;
    }

    /** Stores and checks an upload. When it throws, nothing of the jar is left. */
    public JobJar take(final String jobId, final Part upload, final String mainClass) throws RejectedJarException, IOException {
        final Path jar = path(jobId);
        Files.createDirectories(jar.getParent());
        try {
            final String sha256 = copy(upload, jar);
            FailPoint.JAR_STORED.passOrFail();
            return inspected(jobId, sha256, mainClass);
        } catch (final RejectedJarException | IOException | RuntimeException e) {
            remove(jar);
            throw e;
        }
    }

    /** Checks what is stored. When it throws, nothing of the jar is left. */
    public JobJar inspected(final String jobId, final String sha256, final String mainClass) throws RejectedJarException, IOException {
        final Path jar = path(jobId);
        try {
            final JarInspector.Main main = inspector.inspect(jar, mainClass);
            return new JobJar(main.name(), main.inManifest(), sha256, Files.size(jar));
        } catch (final RejectedJarException | IOException | RuntimeException e) {
            remove(jar);
            throw e;
        }
    }

    private static void remove(final Path jar) throws IOException {
        Files.deleteIfExists(jar);
        Files.deleteIfExists(jar.getParent());
    }

    /** Gives a job a jar that is there already; the file is shared. */
    public void share(final Path jar, final String jobId) throws IOException {
        Files.createDirectories(path(jobId).getParent());
        Files.createLink(path(jobId), jar);
    }

    public void drop(final String jobId) throws IOException {
        Files.deleteIfExists(path(jobId));
    }

    /** Of an upload that is not kept. */
    public String sha256(final Part upload) throws IOException {
        try (InputStream content = upload.getInputStream()) {
            return Sha256.of(content);
        }
    }

    /** Of what is stored now. */
    public String sha256(final String jobId) throws IOException {
        return Sha256.of(path(jobId));
    }

    public Path path(final String jobId) {
        return settings.jobFolder(jobId).resolve("job.jar");
    }

    private String copy(final Part upload, final Path jar) throws RejectedJarException, IOException {
        if (upload.getSize() > settings.jars().sizeLimit().toBytes()) {
            throw new RejectedJarException(JAR_TOO_LARGE, "the jar has lengthBytes=" + upload.getSize() + ", the limit is "
                + settings.jars().sizeLimit().toBytes());
        }
        try (InputStream content = upload.getInputStream(); OutputStream kept = Files.newOutputStream(jar, StandardOpenOption.CREATE_NEW)) {
            return Sha256.copy(content, kept);
        }
    }
}
