package io.livemr.control.input;

import io.livemr.control.composer.ComposedFile;
import io.livemr.control.composer.ComposerException;
import io.livemr.control.composer.ComposerUnreachableException;
import io.livemr.control.composer.Composers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What composers say of a job's files at this moment, for whoever looks at the job. Nothing of it is kept. */
@Component
public class InputsNow {

    private static final Logger LOG = LoggerFactory.getLogger(InputsNow.class);
    /** Names of one request: they stand in its address. */
    private static final int NAMES = 100;

    private final Composers composers;

    public InputsNow(final Composers composers) {
        this.composers = composers;
    }

    /** Composed files by name; without those of a composer that gives no answer soon. */
    public Map<String, ComposedFile> of(final List<InputFile> files) {
        final Map<String, List<String>> names = files.stream().filter(file -> file.composedFile() != null)
            .collect(Collectors.groupingBy(InputFile::composer, Collectors.mapping(InputFile::composedFile, Collectors.toList())));
        final Map<String, ComposedFile> found = new HashMap<>();
        names.forEach((composer, wanted) -> {
            for (int i = 0; i < wanted.size(); i += NAMES) {
                look(composer, wanted.subList(i, Math.min(i + NAMES, wanted.size())), found);
            }
        });
        return found;
    }

    private void look(final String composer, final List<String> names, final Map<String, ComposedFile> found) {
        try {
            composers.at(composer).filesNamed(names).forEach(file -> found.put(file.name(), file));
        } catch (final ComposerException | ComposerUnreachableException e) {
            LOG.debug("composer={} does not say how files are now: {}", composer, e.getMessage());
        }
    }
}
