package io.livemr.control.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.input.InputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The CONF that Hadoop's shell is given for one file. It may be reading the last one while the same is written again, so it only ever sees a whole one. */
final class LinkConf {

    private LinkConf() { }

    static void write(final Path conf, final InputFile file, final ObjectMapper json) {
        final Path draft = conf.resolveSibling(conf.getFileName() + ".new");
        try {
            Files.write(draft, json.writeValueAsBytes(Map.of(file.vm(), file.path())));
            Files.move(draft, conf, StandardCopyOption.ATOMIC_MOVE);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("two strings are always JSON", e);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + conf, e);
        }
    }
}
