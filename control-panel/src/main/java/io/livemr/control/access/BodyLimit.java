package io.livemr.control.access;

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

/** Bodies that are no upload are small, and say beforehand how small. Uploads have the limits of {@code livemr.jars}. */
final class BodyLimit extends OncePerRequestFilter {

    private final long limitBytes;
    private final Refusals refusals;
    private final MeterRegistry metrics;

    BodyLimit(final long limitBytes, final Refusals refusals, final MeterRegistry metrics) {
        this.limitBytes = limitBytes;
        this.refusals = refusals;
        this.metrics = metrics;
    }

    @Override
    protected void doFilterInternal(final HttpServletRequest request, final HttpServletResponse response, final FilterChain chain)
            throws ServletException, IOException {
        final String type = request.getContentType();
        final boolean isUpload = type != null && type.startsWith(MediaType.MULTIPART_FORM_DATA_VALUE);
        if (!isUpload && request.getContentLengthLong() > limitBytes) {
            refuse(response, HttpStatus.PAYLOAD_TOO_LARGE, "body_too_large", "the body is larger than livemr.access.body-limit=" + limitBytes + " bytes");
        } else if (!isUpload && request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            refuse(response, HttpStatus.LENGTH_REQUIRED, "length_required", "send Content-Length; only uploads may leave their length open");
        } else {
            chain.doFilter(request, response);
        }
    }

    private void refuse(final HttpServletResponse response, final HttpStatus status, final String reason, final String detail) throws IOException {
        metrics.counter("livemr.requests.refused", "reason", reason).increment();
        refusals.write(response, status, reason, detail);
    }
}
