package io.livemr.control.web;

import java.util.Locale;
import java.util.Map;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Problems say the same in Sahara's words, too, where its clients ask: {@code error_code}, {@code error_name}, {@code error_message}. */
@RestControllerAdvice
public class OpenStackWords implements ResponseBodyAdvice<Object> {

    private static final String PATHS = "/sahara/";

    /** @param path that was asked for. */
    public static ProblemDetail added(final ProblemDetail problem, final String path) {
        final Map<String, Object> own = problem.getProperties();
        if (path.startsWith(PATHS) && own != null) {
            final String reason = String.valueOf(own.get("reason"));
            problem.setProperty("error_code", problem.getStatus());
            problem.setProperty("error_name", reason.toUpperCase(Locale.ROOT));
            problem.setProperty("error_message", problem.getDetail());
        }
        return problem;
    }

    @Override
    public boolean supports(final MethodParameter returned, final Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public Object beforeBodyWrite(final Object body, final MethodParameter returned, final MediaType type,
                                  final Class<? extends HttpMessageConverter<?>> converter, final ServerHttpRequest request, final ServerHttpResponse response) {
        return body instanceof ProblemDetail problem ? added(problem, request.getURI().getPath()) : body;
    }
}
