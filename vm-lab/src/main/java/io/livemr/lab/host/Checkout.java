package io.livemr.lab.host;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The source tree that this module was built in: its folder and those above it, then the working folder and those above. */
public final class Checkout {
    private Checkout() { }

    /** The places where a file or folder of the tree may be, the likeliest first. */
    public static Stream<Path> candidates(final String relative) {
        return Stream.concat(upFrom(ownLocation()), upFrom(Path.of("").toAbsolutePath())).map(folder -> folder.resolve(relative));
    }

    /** A file of the tree, if there is a tree. */
    public static Optional<Path> find(final String relative) {
        return candidates(relative).filter(Files::exists).findFirst();
    }

    private static Stream<Path> upFrom(final Path folder) {
        return Stream.iterate(folder, above -> above != null, Path::getParent);
    }

    private static Path ownLocation() {
        try {
            return Path.of(Checkout.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalStateException("the class path holds something that is no URI", e);
        }
    }
}
