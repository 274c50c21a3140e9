package dev.jobradar.server.storage;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets a start that fails for its state end in words instead of a stack trace. */
final class StorageFailureAnalyzer extends AbstractFailureAnalyzer<StorageException> {
  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, StorageException cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
