package dev.jobradar.server.web;

import dev.jobradar.server.users.User;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Controllers as the service runs them, without context, socket or database: JSON, problem
 * documents, {@link CurrentUser} and {@link NeedsPlan}. The security chain is not there.
 */
public final class TestWeb {
  private TestWeb() {}

  /** For whoever that is; null for nobody. */
  public static MockMvcTester of(
      @Nullable User visitor, InstantSource clock, Object... controllers) {
    UserLocale locales = new UserLocale();
    ResourceBundleMessageSource messages = messages();
    JsonMapper mapper =
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    return MockMvcTester.of(
            List.of(controllers),
            builder ->
                builder
                    .setControllerAdvice(
                        new ProblemAdvice(
                            messages,
                            locales,
                            clock,
                            new ProblemTexts(messages),
                            new StaticListableBeanFactory().getBeanProvider(ProblemPage.class)))
                    .setCustomArgumentResolvers(new CurrentUserResolver())
                    .addInterceptors(new PlanCheck(clock))
                    .setMessageConverters(new JacksonJsonHttpMessageConverter(mapper))
                    .setLocaleResolver(locales)
                    .defaultRequest(
                        MockMvcRequestBuilders.get("/")
                            .with(request -> {
                              if (visitor != null) {
                                Visitor.is(request, visitor);
                              }
                              return request;
                            }))
                    .build())
        .withHttpMessageConverters(List.of(new JacksonJsonHttpMessageConverter(mapper)));
  }

  /** The texts of the service. */
  public static ResourceBundleMessageSource messages() {
    ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    messages.setBasename("messages");
    messages.setDefaultEncoding("UTF-8");
    messages.setFallbackToSystemLocale(false);
    messages.setDefaultLocale(Locale.ROOT);
    return messages;
  }
}
