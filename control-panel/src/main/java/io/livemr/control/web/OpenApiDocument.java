package io.livemr.control.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the OpenAPI document says of all calls: how to be let in, and that each error is a problem. It holds nothing of this panel's data, so
 * it is served to everybody, and so is the page that shows it.
 */
@Configuration
class OpenApiDocument {

    @Bean
    OpenAPI document() {
        return new OpenAPI()
            .info(new Info().title("LiveMR control panel").version("v1")
                .description("Runs MapReduce jobs over files inside the disks of running virtual machines, once their owners have said yes."))
            .components(new Components()
                .addSecuritySchemes("token", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")
                    .description("The content of the file `token` in the panel's state folder."))
                .addSecuritySchemes("account", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic")
                    .description("An account's name and password."))
                .addSecuritySchemes("keystone", new SecurityScheme().type(SecurityScheme.Type.APIKEY).in(SecurityScheme.In.HEADER).name("X-Auth-Token")
                    .description("A token of Keystone for a project, where `livemr.openstack.auth-url` is set."))
                .addSecuritySchemes("session", new SecurityScheme().type(SecurityScheme.Type.APIKEY).in(SecurityScheme.In.COOKIE).name("LIVEMR_SESSION")
                    .description("Of `POST /api/v1/session`; changes bring the cookie XSRF-TOKEN again as header X-XSRF-TOKEN.")))
            .addSecurityItem(new SecurityRequirement().addList("token"))
            .addSecurityItem(new SecurityRequirement().addList("account"))
            .addSecurityItem(new SecurityRequirement().addList("keystone"))
            .addSecurityItem(new SecurityRequirement().addList("session"));
    }

    @Bean
    OpenApiCustomizer problems() {
        return api -> {
            // Only here: before its first use it would be taken out as of no use.
            api.getComponents().addSchemas("Problem", problem());
            api.getPaths().values().forEach(path -> path.readOperations().forEach(OpenApiDocument::addProblems));
        };
    }

    private static void addProblems(final Operation operation) {
        final ApiResponses responses = operation.getResponses();
        responses.addApiResponse("401", new ApiResponse().description("`unauthorized`: neither token nor password nor session, or not the right one."));
        responses.addApiResponse("403", new ApiResponse().description("`forbidden`: the role is not enough, or what `reason` says."));
        responses.addApiResponse("default", new ApiResponse().description("Any other error; `reason` says which."));
        responses.forEach((status, response) -> {
            if (status.startsWith("4") || status.equals("default")) {
                response.setContent(new Content().addMediaType("application/problem+json",
                    new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
            }
        });
    }

    private static Schema<?> problem() {
        return new ObjectSchema().description("An error, as RFC 9457 has it.")
            .addProperty("type", new StringSchema().description("Always about:blank."))
            .addProperty("title", new StringSchema().description("The status in words."))
            .addProperty("status", new IntegerSchema().description("The status of HTTP."))
            .addProperty("detail", new StringSchema().description("What is wrong, and what to do about it."))
            .addProperty("instance", new StringSchema().description("The path that was asked for."))
            .addProperty("reason", new StringSchema().description("One word in snake case for programs; docs/protocol.md section 10 lists them."))
            .required(List.of("title", "status", "reason"));
    }
}
