package dev.jobradar.server.storage;

import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Lets every statement of a whole service fail, as with I/O errors, until it is healed. */
public final class FaultyStatements implements BeanPostProcessor {
  private volatile @Nullable FaultyDataSource source;

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof DataSource real) {
      FaultyDataSource faulty = new FaultyDataSource(real);
      source = faulty;
      return faulty;
    }
    return bean;
  }

  /** From the next one on. */
  public void failAll() {
    Objects.requireNonNull(source).failFromStep(1);
  }

  /** They work again; says whether one failed. */
  public boolean healed() {
    return Objects.requireNonNull(source).healed();
  }
}
