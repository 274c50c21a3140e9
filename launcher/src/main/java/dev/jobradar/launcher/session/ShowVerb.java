package dev.jobradar.launcher.session;

import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.telegram.session.SignedInUser;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import tools.jackson.databind.json.JsonMapper;

/** {@code session show}. */
@Command(
    name = "show",
    description = {
      "Shows what a session string holds, as one JSON line; never the key.",
      "",
      "Fields that its form does not have, or that are not known, are left out."
    })
final class ShowVerb extends Verb {
  @Override
  void run(SessionString string, PrintWriter out, PrintWriter err) {
    SavedSession session = string.session();
    SignedInUser user = session.user();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("format", string.format().toString());
    line.put("dc", session.dc().value());
    line.put("test", session.test());
    if (user != null) {
      line.put("user_id", user.id());
      line.put("bot", user.bot());
    }
    if (session.apiId() != null) {
      line.put("api_id", session.apiId());
    }
    line.put("has_key", session.authKey() != null);
    out.println(new JsonMapper().writeValueAsString(line));
    if (session.authKey() == null) {
      err.println("The place of the key holds zeros: nobody is signed in.");
    }
  }
}
