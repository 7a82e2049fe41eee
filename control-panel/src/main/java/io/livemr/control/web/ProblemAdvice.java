package io.livemr.control.web;

import io.livemr.control.openstack.OpenStackException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.tomcat.util.http.fileupload.impl.FileCountLimitExceededException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every error as application/problem+json with a {@code reason}. */
@RestControllerAdvice
public class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Set<HttpStatus> RETRIED = EnumSet.of(HttpStatus.TOO_MANY_REQUESTS, HttpStatus.SERVICE_UNAVAILABLE);
    private static final String RETRY_SECONDS = "30";

    @ExceptionHandler(ApiException.class)
    ResponseEntity<Object> refused(final ApiException e) {
        return problem(e.status(), e.reason(), e.getMessage());
    }

    @ExceptionHandler({DataAccessResourceFailureException.class, CannotCreateTransactionException.class})
    ResponseEntity<Object> noDatabase(final Exception e) {
        LOG.warn("the database gives no answer: {}", e.getMessage());
        return problem(HttpStatus.SERVICE_UNAVAILABLE, "database_unavailable", Problems.NO_DATABASE);
    }

    @ExceptionHandler(OpenStackException.class)
    ResponseEntity<Object> noOpenStack(final OpenStackException e) {
        LOG.warn("{}: {}", e.reason(), e.getMessage());
        return problem(HttpStatus.SERVICE_UNAVAILABLE, e.reason(), e.getMessage());
    }

    @ExceptionHandler(MultipartException.class)
    ResponseEntity<Object> unreadableUpload(final MultipartException e) {
        return notTheTwoParts();
    }

    /** Answered by the filters, as if it had been found there. */
    @ExceptionHandler({AuthenticationException.class, AccessDeniedException.class})
    void refusedForWhoItIs(final RuntimeException e) {
        throw e;
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> mistakeOfOurs(final Exception e) {
        LOG.error("request failed", e);
        return problem(HttpStatus.INTERNAL_SERVER_ERROR, "internal_error", "the panel failed; its log says why");
    }

    @Override
    protected ResponseEntity<Object> handleMaxUploadSizeExceededException(final MaxUploadSizeExceededException e, final HttpHeaders headers,
                                                                          final HttpStatusCode status, final WebRequest request) {
        // Spring takes each limit of the upload for one of size.
        return NestedExceptionUtils.getMostSpecificCause(e) instanceof FileCountLimitExceededException ? notTheTwoParts()
            : problem(HttpStatus.PAYLOAD_TOO_LARGE, "jar_too_large", "the jar is larger than livemr.jars.size-limit");
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(final Exception e, final Object body, final HttpHeaders headers,
                                                             final HttpStatusCode status, final WebRequest request) {
        final ResponseEntity<Object> answer = super.handleExceptionInternal(e, body, headers, status, request);
        if (answer != null && answer.getBody() instanceof ProblemDetail problem) {
            problem.setProperty("reason", Problems.reason(status));
        }
        return answer;
    }

    private static ResponseEntity<Object> notTheTwoParts() {
        return problem(HttpStatus.BAD_REQUEST, "bad_request", "the request is not a readable multipart/form-data with the parts jar and job alone");
    }

    private static ResponseEntity<Object> problem(final HttpStatus status, final String reason, final String detail) {
        final HttpHeaders headers = new HttpHeaders();
        if (RETRIED.contains(status)) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return new ResponseEntity<>(Problems.of(status, reason, detail), headers, status);
    }
}
