package io.livemr.control.access;

import io.livemr.control.settings.PanelSettings;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bodies say beforehand how large they are, and are small unless they are a file. Forms with uploads have the limits of {@code livemr.jars} of their own. */
final class BodyLimit extends OncePerRequestFilter {

    private final PanelSettings settings;
    private final Refusals refusals;
    private final MeterRegistry metrics;

    BodyLimit(final PanelSettings settings, final Refusals refusals, final MeterRegistry metrics) {
        this.settings = settings;
        this.refusals = refusals;
        this.metrics = metrics;
    }

    @Override
    protected void doFilterInternal(final HttpServletRequest request, final HttpServletResponse response, final FilterChain chain)
            throws ServletException, IOException {
        final String type = request.getContentType();
        if (type != null && type.startsWith(MediaType.MULTIPART_FORM_DATA_VALUE)) {
            chain.doFilter(request, response);
        } else if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            refuse(request, response, HttpStatus.LENGTH_REQUIRED, "length_required", "send Content-Length; only forms with uploads may leave their length open");
        } else if (type != null && type.startsWith(MediaType.APPLICATION_OCTET_STREAM_VALUE)) {
            limit(settings.jars().sizeLimit().toBytes(), "jar_too_large", "livemr.jars.size-limit", request, response, chain);
        } else {
            limit(settings.access().bodyLimit().toBytes(), "body_too_large", "livemr.access.body-limit", request, response, chain);
        }
    }

    private void limit(final long limitBytes, final String reason, final String key, final HttpServletRequest request, final HttpServletResponse response,
                       final FilterChain chain) throws ServletException, IOException {
        if (request.getContentLengthLong() > limitBytes) {
            refuse(request, response, HttpStatus.PAYLOAD_TOO_LARGE, reason, "the body is larger than " + key + "=" + limitBytes + " bytes");
        } else {
            chain.doFilter(request, response);
        }
    }

    private void refuse(final HttpServletRequest request, final HttpServletResponse response, final HttpStatus status, final String reason,
                        final String detail) throws IOException {
        metrics.counter("livemr.requests.refused", "reason", reason).increment();
        refusals.write(request, response, status, reason, detail);
    }
}
