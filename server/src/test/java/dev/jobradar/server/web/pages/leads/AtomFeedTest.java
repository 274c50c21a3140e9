package dev.jobradar.server.web.pages.leads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.leads.Lead;
import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.leads.LeadStatus;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.telegram.content.MessageContent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class AtomFeedTest {
  private static final Instant POSTED = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant EDITED = Instant.parse("2026-03-02T10:00:00Z");

  private static Document feed(Lead... leads) throws Exception {
    String xml =
        AtomFeed.of(
            "urn:jobradar:leads:1",
            "Лиды <JobRadar>",
            "https://jobs.example/feeds/x?q=a&b",
            List.of(leads),
            Map.of(1L, "Java & Go"),
            Instant.EPOCH);
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static Lead lead(String text, @Nullable Instant editedAt) {
    return new Lead(
        new LeadId(7),
        new TaskId(1),
        new ChannelName("javajobs"),
        5,
        "https://t.me/javajobs/5",
        MessageContent.of(text),
        "java",
        List.of(),
        POSTED,
        POSTED,
        null,
        LeadStatus.NEW,
        false,
        "a note stays with its owner",
        new Lead.Marks(editedAt, null, null, false, false),
        List.of());
  }

  private static String text(Document feed, String tag, int index) {
    return feed.getElementsByTagName(tag).item(index).getTextContent();
  }

  @Test
  void a_lead_is_an_entry_whatever_its_text_holds() throws Exception {
    String text = "\n Ищем <b>Java</b> & ]]> \u0001\uD83D конец\uFFFF\nвторая строка";
    Document feed = feed(lead(text, EDITED));
    assertThat(feed.getDocumentElement().getNamespaceURI())
        .isEqualTo("http://www.w3.org/2005/Atom");
    assertThat(text(feed, "title", 0)).isEqualTo("Лиды <JobRadar>");
    assertThat(text(feed, "title", 1)).isEqualTo("Ищем <b>Java</b> & ]]>    конец ");
    assertThat(text(feed, "content", 0)).contains("вторая строка");
    assertThat(text(feed, "id", 1)).isEqualTo("urn:jobradar:lead:7");
    assertThat(text(feed, "updated", 0)).isEqualTo(EDITED.toString());
    assertThat(text(feed, "published", 0)).isEqualTo(POSTED.toString());
    Element category = (Element) feed.getElementsByTagName("category").item(0);
    assertThat(category.getAttribute("term")).isEqualTo("Java & Go");
    assertThat(feed.getDocumentElement().getTextContent()).doesNotContain("a note");
  }

  @Test
  void a_feed_without_leads_is_one_too() throws Exception {
    Document feed = feed();
    assertThat(text(feed, "updated", 0)).isEqualTo(Instant.EPOCH.toString());
    assertThat(feed.getElementsByTagName("entry").getLength()).isZero();
  }

  @Test
  void a_title_is_the_beginning_of_the_first_line() throws Exception {
    assertThat(text(feed(lead("x".repeat(300), null)), "title", 1))
        .isEqualTo("x".repeat(100) + "…");
  }
}
