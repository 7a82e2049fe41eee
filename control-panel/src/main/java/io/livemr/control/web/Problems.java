package io.livemr.control.web;

import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Makes the bodies of errors. */
public final class Problems {

    public static final String NO_DATABASE = "the panel's database (spring.datasource.url) gives no answer; jobs go on when it is back, "
        + "/actuator/health/readiness says when; then send this again, a submission with its Idempotency-Key";

    private Problems() { }

    public static ProblemDetail of(final HttpStatus status, final String reason, final String detail) {
        final ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("reason", reason);
        return problem;
    }

    /** For errors that are known by their status only. */
    static ProblemDetail of(final HttpStatus status) {
        return of(status, reason(status), status.getReasonPhrase() + "; docs/protocol.md section 10 lists the calls");
    }

    /** For errors that Spring finds: the status in words. */
    static String reason(final HttpStatusCode status) {
        final HttpStatus known = HttpStatus.resolve(status.value());
        return known == null ? "error" : known.name().toLowerCase(Locale.ROOT);
    }
}
