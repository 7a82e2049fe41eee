package io.livemr.control.job;

import io.livemr.control.composer.ComposerException;
import io.livemr.control.composer.ComposerUnreachableException;
import io.livemr.control.composer.Composers;
import io.livemr.control.composer.Listing;
import io.livemr.control.composer.VmDirectory;
import io.livemr.control.composer.VmUnknownException;
import io.livemr.control.web.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Finds the files that the patterns and folders of a job mean, as it is submitted; what is there later is not of the job. A file that is meant
 * twice is taken once. Each is then asked for as if it had been named.
 */
@Component
class InputExpansion {

    private final VmDirectory directory;
    private final Composers composers;

    InputExpansion(final VmDirectory directory, final Composers composers) {
        this.directory = directory;
        this.composers = composers;
    }

    /** The files themselves, in the order of the inputs, those of a pattern by path. */
    List<JobRequest.Input> files(final JobRequest request, final String requester) {
        final Map<List<String>, JobRequest.Input> files = new LinkedHashMap<>();
        for (final JobRequest.Input input : request.inputs()) {
            meant(input, requester).forEach(file -> files.putIfAbsent(List.of(file.vm(), file.path()), file));
        }
        return new ArrayList<>(files.values());
    }

    private List<JobRequest.Input> meant(final JobRequest.Input input, final String requester) {
        if (input.path() != null) {
            return List.of(input);
        }
        final Listing listing = list(input, requester);
        if (listing.truncated()) {
            throw refused("too_many_files", input, "means more files than an agent tells; name a narrower pattern");
        }
        if (listing.files().isEmpty()) {
            throw refused("no_such_file", input, "means no file whose name requester=" + requester
                + " may know; see that it is right, and have the machine's administrator allow it (policy.json: list)");
        }
        return listing.files().stream().map(file -> new JobRequest.Input(input.vm(), file.path(), null, null, input.length())).toList();
    }

    private Listing list(final JobRequest.Input input, final String requester) {
        try {
            return composers.at(directory.find(input.vm()).composer()).list(input.vm(), input.pattern(), requester);
        } catch (final VmUnknownException e) {
            throw new ApiException(HttpStatus.UNPROCESSABLE_ENTITY, e.reason(), e.getMessage());
        } catch (final ComposerUnreachableException e) {
            throw new ApiException(HttpStatus.SERVICE_UNAVAILABLE, "composer_unreachable", e.getMessage() + "; submit again when it answers");
        } catch (final ComposerException e) {
            throw new ApiException(e.isPassing() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.UNPROCESSABLE_ENTITY, e.reason(), e.getMessage());
        }
    }

    private static ApiException refused(final String reason, final JobRequest.Input input, final String why) {
        return new ApiException(HttpStatus.UNPROCESSABLE_ENTITY, reason, "vm=" + input.vm() + " pattern=" + input.pattern() + " " + why);
    }
}
