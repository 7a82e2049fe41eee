package io.livemr.control.access;

import io.livemr.control.account.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out of the web console, and who one is. */
@RestController
@RequestMapping("/api/v1/session")
@Tag(name = "session", description = "For browsers: a cookie in place of a password with each request.")
class SessionController {

    private final AuthenticationManager manager;
    private final AccountSessions sessions;
    private final CsrfTokenRepository csrfTokens;

    SessionController(final AuthenticationManager manager, final AccountSessions sessions, final CsrfTokenRepository csrfTokens) {
        this.manager = manager;
        this.sessions = sessions;
        this.csrfTokens = csrfTokens;
    }

    /** A name and its password, which is never printed. */
    record Login(@NotNull String name, @NotNull String password,
                 @Schema(description = "Of Keystone, by name; then name and password are Keystone's, too.") String project,
                 @Schema(description = "Of Keystone, by name: the user's and the project's; `Default` unless given.") String domain) {

        UsernamePasswordAuthenticationToken credentials() {
            return project == null ? UsernamePasswordAuthenticationToken.unauthenticated(name, password)
                : new KeystoneLogin(name, password, domain == null ? "Default" : domain, project);
        }

        @Override
        public String toString() {
            return "account=" + name;
        }
    }

    /** Who somebody is. */
    record SessionView(String name, String project, @Schema(description = "One of ADMIN, ANALYST, VIEWER.") List<Role> roles) {

        static SessionView of(final Caller caller) {
            return new SessionView(caller.name(), caller.project(), List.of(caller.role()));
        }
    }

    @Operation(summary = "Sign in", description = "Sets the cookie of the session, and XSRF-TOKEN, which each change has to bring again as header X-XSRF-TOKEN.")
    @SecurityRequirements
    @ApiResponse(responseCode = "200", description = "Who one is now.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @ApiResponse(responseCode = "429", description = "`too_many_logins`, `too_many_sessions`")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    SessionView begin(@Valid @RequestBody final Login login, @Parameter(hidden = true) final HttpServletRequest request,
                      @Parameter(hidden = true) final HttpServletResponse response) {
        final UsernamePasswordAuthenticationToken given = login.credentials();
        given.setDetails(new WebAuthenticationDetails(request));
        final Authentication known = manager.authenticate(given);
        sessions.begin(known, request);
        csrfTokens.saveToken(csrfTokens.generateToken(request), request, response);
        return SessionView.of((Caller) known.getPrincipal());
    }

    @Operation(summary = "Say who one is", description = "Also without a session, by token or password.")
    @ApiResponse(responseCode = "200", description = "Name, project and roles.", useReturnTypeSchema = true)
    @GetMapping
    SessionView get(@Parameter(hidden = true) final CsrfToken csrf) {
        // Asked for, so that its cookie is there again if it was lost.
        csrf.getToken();
        return SessionView.of(Caller.current());
    }

    @Operation(summary = "Sign out")
    @ApiResponse(responseCode = "204", description = "The session is over.", content = @Content)
    @DeleteMapping
    ResponseEntity<Void> end(@Parameter(hidden = true) final HttpServletRequest request, @Parameter(hidden = true) final HttpServletResponse response) {
        sessions.end(request);
        csrfTokens.saveToken(null, request, response);
        return ResponseEntity.noContent().build();
    }
}
