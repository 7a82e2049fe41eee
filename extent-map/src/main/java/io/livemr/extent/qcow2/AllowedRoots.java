package io.livemr.extent.qcow2;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Folders below which image files must lie, all symbolic links resolved. Immutable. */
record AllowedRoots(List<Path> realRoots) {

    static final AllowedRoots ANYWHERE = new AllowedRoots(List.of(Path.of("/")));

    static AllowedRoots of(final List<Path> roots) throws IOException {
        final List<Path> real = new ArrayList<>();
        for (final Path root : roots) {
            real.add(root.toRealPath());
        }
        return new AllowedRoots(List.copyOf(real));
    }

    ImageFile open(final Path path) throws IOException {
        final Path real = path.toRealPath();
        if (realRoots.stream().noneMatch(real::startsWith)) {
            throw new ImageRefusedException(path, "realPath=" + real + " is below none of allowedRoots=" + realRoots
                    + "; allow its folder or move the image");
        }
        return ImageFile.open(real);
    }
}
