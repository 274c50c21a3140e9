package dev.jobradar.server.web.tasks;

import dev.jobradar.server.web.TestWeb;

/** Makes what this package holds, for tests of others. */
public final class TestTaskApi {
  private TestTaskApi() {}

  public static SourceErrorTexts errors() {
    return new SourceErrorTexts(TestWeb.messages());
  }
}
