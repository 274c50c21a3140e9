package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BothListenersTest {
  private final List<String> heard = new ArrayList<>();

  private UserClientsListener ears(String name) {
    return (UserClientsListener)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {UserClientsListener.class},
            (_, method, _) -> {
              heard.add(name + " " + method.getName());
              return null;
            });
  }

  @Test
  void both_hear_everything_that_there_is_to_hear() throws Exception {
    UserClientsListener both = UserClientsListener.both(ears("first"), ears("second"));
    List<String> expected = new ArrayList<>();
    for (Method method : UserClientsListener.class.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        Object[] nothing = new Object[method.getParameterCount()];
        method.invoke(both, Arrays.copyOf(nothing, nothing.length));
        expected.addAll(List.of("first " + method.getName(), "second " + method.getName()));
      }
    }
    assertThat(heard).isEqualTo(expected).hasSizeGreaterThan(10);
  }
}
