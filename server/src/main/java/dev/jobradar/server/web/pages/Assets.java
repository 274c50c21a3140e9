package dev.jobradar.server.web.pages;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** Gives files of ours names that change with what is in them. Thread-safe. */
@Component
public class Assets {
  private final ObjectProvider<ResourceUrlProvider> urls;

  Assets(ObjectProvider<ResourceUrlProvider> urls) {
    this.urls = urls;
  }

  /** The address of a file below {@code /static/} or {@code /webjars/}. */
  public String address(String file) {
    @Nullable String hashed = urls.getObject().getForLookupPath(file);
    return hashed == null ? file : hashed;
  }
}
