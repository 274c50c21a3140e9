package dev.jobradar.server.storage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source that fails when it is told to, as if the process ended there: at a statement,
 * before a commit, or after one whose answer nobody hears.
 */
final class FaultyDataSource extends DelegatingDataSource {
  private final AtomicInteger stepsLeft = new AtomicInteger();
  private volatile boolean lasting;
  private volatile boolean struck;

  FaultyDataSource(DataSource real) {
    super(real);
  }

  void failAtStep(int step) {
    lasting = false;
    struck = false;
    stepsLeft.set(step);
  }

  /** That step and all that follow. */
  void failFromStep(int step) {
    failAtStep(step);
    lasting = true;
  }

  /** Fails no more; says whether it did. */
  boolean healed() {
    lasting = false;
    stepsLeft.set(0);
    return struck;
  }

  private void step() throws SQLException {
    if (lasting && stepsLeft.get() == 1
        || stepsLeft.get() > 0 && stepsLeft.decrementAndGet() == 0) {
      struck = true;
      throw new SQLNonTransientConnectionException("fails on purpose", "08006");
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection real = super.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> call(real, method, arguments));
  }

  private @Nullable Object call(Connection real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    boolean commit = method.getName().equals("commit");
    if (commit || method.getName().equals("prepareStatement")) {
      step();
    }
    Object result;
    try {
      result = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (commit) {
      step();
    }
    return result;
  }
}
