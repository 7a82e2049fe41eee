package io.livemr.control.account;

import io.livemr.control.web.Page;
import io.livemr.control.web.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Accounts over REST, for admins. */
@RestController
@RequestMapping("/api/v1/accounts")
@Tag(name = "accounts", description = "Who may use the panel, without OpenStack. For admins.")
class AccountController {

    private final AccountService service;
    private final AccountStore accounts;

    AccountController(final AccountService service, final AccountStore accounts) {
        this.service = service;
        this.accounts = accounts;
    }

    @Operation(summary = "List accounts", description = "By name.")
    @ApiResponse(responseCode = "200", description = "One page of them.", useReturnTypeSchema = true)
    @GetMapping
    Page<AccountView> list(
            @Parameter(description = Paging.PAGE_HELP) @RequestParam(name = "page", defaultValue = "0") final int page,
            @Parameter(description = Paging.SIZE_HELP) @RequestParam(name = "size", defaultValue = Paging.DEFAULT_SIZE) final int size) {
        final Paging paging = new Paging(page, size);
        return Page.of(accounts.page(paging).stream().map(AccountView::of).toList(), paging, accounts.count());
    }

    @Operation(summary = "Make an account")
    @ApiResponse(responseCode = "201", description = "Made; `Location` says where it is.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @ApiResponse(responseCode = "409", description = "`account_exists`: the name is taken, or was.")
    @ApiResponse(responseCode = "422", description = "`no_such_project`")
    @PostMapping
    ResponseEntity<AccountView> create(@Valid @RequestBody final AccountRequests.New request) {
        final Account made = service.create(request.name(), request.project(), request.role(), request.password());
        return ResponseEntity.created(URI.create("/api/v1/accounts/" + made.name())).body(AccountView.of(made));
    }

    @Operation(summary = "Look at an account")
    @ApiResponse(responseCode = "200", description = "The account.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "`no_such_account`")
    @GetMapping("/{name}")
    AccountView get(@PathVariable("name") final String name) {
        return AccountView.of(service.find(name));
    }

    @Operation(summary = "Change an account", description = "What is not named stays as it is. Its sessions end.")
    @ApiResponse(responseCode = "200", description = "As it is now.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @ApiResponse(responseCode = "404", description = "`no_such_account`")
    @ApiResponse(responseCode = "422", description = "`no_such_project`")
    @PatchMapping("/{name}")
    AccountView change(@PathVariable("name") final String name, @Valid @RequestBody final AccountRequests.Change request) {
        return AccountView.of(service.change(name, request.project(), request.role(), request.password()));
    }

    @Operation(summary = "Close an account", description = "Its sessions end, its jobs go on; its name is given to nobody again.")
    @ApiResponse(responseCode = "204", description = "It is closed.", content = @Content)
    @ApiResponse(responseCode = "404", description = "`no_such_account`")
    @DeleteMapping("/{name}")
    ResponseEntity<Void> close(@PathVariable("name") final String name) {
        service.close(name);
        return ResponseEntity.noContent().build();
    }
}
