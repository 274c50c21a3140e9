package dev.jobradar.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.DataCentres;
import dev.jobradar.telegram.session.SessionString;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Our clients as {@link Compare} wants them: one of its commands. */
final class ManyClients {
  /** So many are connecting at one moment, as with the others. */
  private static final int AT_ONCE = 20;

  private ManyClients() {}

  /** Brings up what standard input tells, and waits for its end. */
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    JsonNode told = new JsonMapper().readTree(line(in));
    TelegramOptions options = options(told);
    List<String> sessions = new ArrayList<>();
    told.path("sessions").forEach(session -> sessions.add(session.asString()));
    try {
      List<TelegramClient> clients = new ArrayList<>(connectAll(options, sessions.subList(0, 1)));
      System.out.println("{\"stage\":\"ready\",\"heap\":" + ThisProcess.liveHeap() + "}");
      line(in);
      clients.addAll(connectAll(options, sessions.subList(1, sessions.size())));
      System.out.println("{\"stage\":\"up\",\"heap\":" + ThisProcess.liveHeap() + "}");
      while (in.readLine() != null) {
        // Until the end.
      }
      clients.forEach(TelegramClient::close);
    } finally {
      // What was read stays: heap that is given back is not to count for the clients.
      Reference.reachabilityFence(told);
      Reference.reachabilityFence(sessions);
    }
  }

  private static List<TelegramClient> connectAll(TelegramOptions options, List<String> sessions)
      throws InterruptedException {
    List<TelegramClient> clients = new ArrayList<>();
    Semaphore dialling = new Semaphore(AT_ONCE);
    CountDownLatch up = new CountDownLatch(sessions.size());
    for (String session : sessions) {
      dialling.acquire();
      clients.add(open(options, session, dialling, up));
    }
    up.await();
    return clients;
  }

  private static TelegramClient open(
      TelegramOptions options, String session, Semaphore dialling, CountDownLatch up) {
    TelegramClient client =
        new TelegramClient(
            options,
            SessionString.parse(session).session(),
            new ClientListener() {
              @Override
              public void onReady() {
                dialling.release();
                up.countDown();
              }
            });
    client.open();
    return client;
  }

  private static TelegramOptions options(JsonNode told) {
    JsonNode dc = told.path("dc");
    DcId id = new DcId(dc.path("id").asInt());
    InetSocketAddress address =
        new InetSocketAddress(dc.path("host").asString(), dc.path("port").asInt());
    RsaPublicKey key = RsaPublicKey.fromPem(told.path("public_key").asString());
    return TelegramOptions.builder(1, "benchmark")
        .dataCentres(DataCentres.custom(Map.of(id, address), List.of(key)))
        .build();
  }

  private static String line(BufferedReader in) throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("standard input ended early");
    }
    return line;
  }
}
