package io.livemr.control.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs classes of the tests into job jars. */
public final class JobJars {

    private JobJars() { }

    public static byte[] of(final Class<?> main) {
        return build(main, new Manifest(), 0);
    }

    public static byte[] withMainInManifest(final Class<?> main) {
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        return build(main, manifest, 0);
    }

    /** Larger than {@code paddingBytes}. */
    public static byte[] padded(final Class<?> main, final int paddingBytes) {
        return build(main, new Manifest(), paddingBytes);
    }

    private static byte[] build(final Class<?> main, final Manifest manifest, final int paddingBytes) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final String entry = main.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest); InputStream code = main.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            code.transferTo(jar);
            jar.closeEntry();
            jar.putNextEntry(new JarEntry("padding"));
            jar.write(incompressible(paddingBytes));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] incompressible(final int lengthBytes) {
        final byte[] bytes = new byte[lengthBytes];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
