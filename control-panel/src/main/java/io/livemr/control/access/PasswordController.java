package io.livemr.control.access;

import io.livemr.control.account.AccountService;
import io.livemr.control.web.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** An account's own change of its password. */
@RestController
@Tag(name = "session")
class PasswordController {

    private final AuthenticationManager manager;
    private final AccountService accounts;
    private final AccountSessions sessions;

    PasswordController(final AuthenticationManager manager, final AccountService accounts, final AccountSessions sessions) {
        this.manager = manager;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /** Two passwords, which are never printed. */
    @Schema(name = "PasswordChange")
    record Change(@NotNull String oldPassword, @Schema(description = "12 characters or more.") @NotNull @Size(min = 12) String newPassword) {

        @Override
        public String toString() {
            return "password change";
        }
    }

    @Operation(summary = "Change one's password", description = "All sessions of the account end but the one that asks, which goes on under a new cookie.")
    @ApiResponse(responseCode = "204", description = "Changed.", content = @Content)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @ApiResponse(responseCode = "403", description = "`wrong_password`: the old one.")
    @ApiResponse(responseCode = "404", description = "`no_such_account`: the token's and Keystone's users have no password here.")
    @ApiResponse(responseCode = "429", description = "`too_many_logins`")
    @PutMapping(path = "/api/v1/session/password", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> change(@Valid @RequestBody final Change change, @Parameter(hidden = true) final HttpServletRequest request) {
        final String name = Caller.current().name();
        accounts.find(name);
        final Authentication known = authenticate(name, change.oldPassword(), request);
        accounts.changePassword(name, change.newPassword());
        if (request.getSession(false) != null) {
            sessions.begin(known, request);
        }
        return ResponseEntity.noContent().build();
    }

    /** Counted as a login, so that a stolen session cannot be used to guess. */
    private Authentication authenticate(final String name, final String password, final HttpServletRequest request) {
        final UsernamePasswordAuthenticationToken given = UsernamePasswordAuthenticationToken.unauthenticated(name, password);
        given.setDetails(new WebAuthenticationDetails(request));
        try {
            return manager.authenticate(given);
        } catch (final BadCredentialsException e) {
            throw new ApiException(HttpStatus.FORBIDDEN, "wrong_password", "field=oldPassword is not the password of account=" + name);
        }
    }
}
