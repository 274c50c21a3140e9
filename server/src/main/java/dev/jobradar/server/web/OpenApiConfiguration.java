package dev.jobradar.server.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The description of the API that the service makes of its own controllers. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
  private static final String PROBLEM = "Problem";

  static {
    SpringDocUtils.getConfig().addAnnotationsToIgnore(CurrentUser.class);
  }

  /**
   * It reads our types with another JSON library, which must be configured with our naming of
   * fields.
   */
  @Bean
  ModelResolver modelResolver() {
    return new ModelResolver(
        Json.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(new Info().title("JobRadar").version("1"))
        .components(
            new Components()
                .addSecuritySchemes(
                    Cookies.SESSION.cookieName(),
                    new SecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE)
                        .name(Cookies.SESSION.cookieName()))
                .addSchemas(PROBLEM, problem()));
  }

  private static Schema<?> problem() {
    Schema<?> field =
        new ObjectSchema()
            .addProperty("field", new StringSchema())
            .addProperty("code", new StringSchema())
            .addProperty("detail", new StringSchema());
    return new ObjectSchema()
        .addProperty("type", new StringSchema())
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema())
        .addProperty("code", new StringSchema())
        .addProperty("instance", new StringSchema())
        .addProperty("request_id", new StringSchema())
        .addProperty("retry_after", new IntegerSchema())
        .addProperty("errors", new ArraySchema().items(field));
  }

  /** What holds for every call. */
  @Bean
  OpenApiCustomizer forEveryCall() {
    return api ->
        api.getPaths()
            .forEach((path, item) ->
                item.readOperations()
                    .forEach(operation -> {
                      operation.getResponses().addApiResponse("default", failure());
                      if (!path.startsWith("/api/auth/")) {
                        operation.addSecurityItem(
                            new SecurityRequirement().addList(Cookies.SESSION.cookieName()));
                      }
                    }));
  }

  private static ApiResponse failure() {
    return new ApiResponse()
        .description("What went wrong (RFC 9457)")
        .content(
            new Content()
                .addMediaType(
                    "application/problem+json",
                    new MediaType()
                        .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
  }
}
