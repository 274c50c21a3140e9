package dev.jobradar.sandbox.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Events as lines of JSON. */
final class EventJson {

  private static final JsonMapper MAPPER = new JsonMapper();

  private EventJson() {}

  /** The event on one line, without the end of the line. */
  static String line(Event event) {
    return MAPPER.writeValueAsString(fields(event));
  }

  private static Map<String, Object> fields(Event event) {
    return switch (event) {
      case Event.Ready(var dcs, var publicKey) ->
          named("ready").with("dcs", dataCentres(dcs)).with("public_key", publicKey).fields;
      case Event.ConnectionOpened(long connection, int dc, var remote) ->
          named("connection_opened")
              .with("connection", connection)
              .with("dc", dc)
              .with("remote", remote)
              .fields;
      case Event.ConnectionClosed(long connection, int dc, var reason) ->
          named("connection_closed")
              .with("connection", connection)
              .with("dc", dc)
              .with("reason", reason)
              .fields;
      case Event.SignedIn(long key, long user, int dc) ->
          named("signed_in").withKey(key).with("user_id", user).with("dc", dc).fields;
      case Event.Code(var phone, var code, var type) ->
          named("code").with("phone", phone).with("code", code).with("type", type).fields;
      case Event.Rpc rpc -> rpc(rpc);
      case Event.Stats stats ->
          named("stats")
              .with("connections", stats.connections())
              .with("users", stats.users())
              .with("max_open_per_key", stats.maxOpenPerKey())
              .with("max_open_per_account", stats.maxOpenPerAccount())
              .with("messages", stats.messages())
              .fields;
      case Event.Posted(var channel, int id) ->
          named("posted").with("channel", channel).with("id", id).fields;
      case Event.PostedTogether(var channel, var ids) ->
          named("posted").with("channel", channel).with("ids", ids).fields;
      case Event.Accounts(int count, var file) ->
          named("accounts").with("count", count).with("file", file).fields;
      case Event.FaultSet(long id, var fault) ->
          named("fault").with("id", id).with("fault", fault).fields;
      case Event.Faults(var faults) ->
          named("faults").with("faults", faults.stream().map(EventJson::fault).toList()).fields;
      case Event.Done(var command, int count) ->
          named("done").with("do", command).with("count", count).fields;
      case Event.Messages(long user, long peer, var messages) ->
          named("messages")
              .with("user_id", user)
              .with("peer", peer)
              .with("messages", messages.stream().map(EventJson::message).toList())
              .fields;
      case Event.Channel channel ->
          named("channel")
              .with("channel", channel.channel())
              .with("id", channel.id())
              .with("posts", channel.posts())
              .with("top", channel.top())
              .with("pts", channel.pts())
              .with("members", channel.members())
              .fields;
      case Event.Connections(var accounts) ->
          named("connections")
              .with("accounts", accounts.stream().map(EventJson::account).toList())
              .fields;
      case Event.LayerNoted(long key, int layer, int servedAs) ->
          named("layer").withKey(key).with("layer", layer).with("served_as", servedAs).fields;
      case Event.Refused(var command, var message) ->
          named("error").with("do", command).with("message", message).fields;
      case Event.Dropped(long rpc, long other) ->
          named("dropped").with("rpc", rpc).with("other", other).fields;
    };
  }

  private static Map<String, Object> rpc(Event.Rpc rpc) {
    Line line =
        named("rpc")
            .with("method", rpc.method())
            .with("connection", rpc.connection())
            .with("dc", rpc.dc())
            .withKey(rpc.authKeyId());
    if (rpc.userId() != 0) {
      line.with("user_id", rpc.userId());
    }
    line.with("open", rpc.open()).with("max_open", rpc.maxOpen());
    if (rpc.error() != null) {
      line.with("error", rpc.error());
    }
    return line.fields;
  }

  private static Map<String, Object> message(Event.Message message) {
    Line line =
        new Line()
            .with("id", message.id())
            .with("date", message.date())
            .with("text", message.text());
    if (message.randomId() != 0) {
      line.with("random_id", message.randomId());
    }
    return line.fields;
  }

  private static Map<String, Object> account(Event.OfAccount account) {
    return new Line()
        .with("user_id", account.userId())
        .with("open", account.open())
        .with("max_open", account.maxOpen())
        .fields;
  }

  private static Map<String, Object> fault(Event.Fault fault) {
    Line line = new Line().with("id", fault.id()).with("fault", fault.fault());
    if (fault.timesLeft() != null) {
      line.with("times_left", fault.timesLeft());
    }
    return line.with("struck", fault.struck()).fields;
  }

  private static List<Map<String, Object>> dataCentres(List<Event.DataCentre> dcs) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Event.DataCentre dc : dcs) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("id", dc.id());
      fields.put("host", dc.host());
      fields.put("port", dc.port());
      if (dc.ipv6() != null) {
        fields.put("ipv6", dc.ipv6());
      }
      list.add(fields);
    }
    return list;
  }

  private static Line named(String name) {
    return new Line().with("event", name);
  }

  /** The fields of a line in the order in which they are written. */
  private static final class Line {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    Line with(String name, Object value) {
      fields.put(name, value);
      return this;
    }

    Line withKey(long authKeyId) {
      return with("auth_key_id", "%016x".formatted(authKeyId));
    }
  }
}
