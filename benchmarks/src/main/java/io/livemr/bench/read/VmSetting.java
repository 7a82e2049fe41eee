package io.livemr.bench.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Site;
import io.livemr.bench.measure.Pairs;
import io.livemr.bench.report.Figure;
import io.livemr.extent.qcow2.DiskImage;
import io.livemr.extent.qcow2.DiskImages;
import io.livemr.extent.qcow2.ImageSpec;
import io.livemr.launcher.stack.StackSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A file of a real VM, on a qcow2 disk, composed by a real composer after its owner's yes. */
final class VmSetting {

    private static final String FILE = "/data/bench";
    private static final String LINKED = "/bench/linked";

    private final Bed bed;

    VmSetting(final Bed bed) {
        this.bed = bed;
    }

    List<Figure> measure(final long lengthBytes, final Pairs pairs) throws Exception {
        final Site site = Site.up(bed, StackSpec::withoutPanel);
        bed.progress().accept("the guest writes " + lengthBytes + " bytes");
        site.fill(FILE, lengthBytes);
        bed.progress().accept("composing");
        final JsonNode file = site.compose(Site.REQUESTER, FILE);
        final JsonNode segments = site.stack().composer().segments(file.get("name").asText());
        final List<Figure> figures = new ArrayList<>();
        throughMount(site, file, segments, pairs, figures::add);
        figures.addAll(GuardedComparison.measure(bed, site.vm().dataImage(), segments, lengthBytes, pairs.count()));
        site.link(FILE, LINKED);
        figures.addAll(HdfsComparison.measure(bed, site.stack(), LINKED, lengthBytes, pairs));
        return figures;
    }

    private void throughMount(final Site site, final JsonNode file, final JsonNode segments, final Pairs pairs, final Consumer<Figure> figures)
        throws Exception {
        try (DiskImage image = DiskImages.open(ImageSpec.qcow2(site.vm().dataImage()))) {
            final List<Range> ranges = VmRanges.of(segments, image);
            bed.progress().accept("reading " + ranges.size() + " ranges of the image");
            final Path mounted = Path.of(file.get("path").asText());
            ReadComparison.measure(mounted, ranges, pairs).forEach(figures);
            figures.accept(ReadComparison.measureBesideMirror(mounted, ranges, FuseMirror.of(bed, site.vm().dataImage().getParent()), pairs));
        }
    }
}
