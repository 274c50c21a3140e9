package dev.jobradar.server.web.pages.leads;

import dev.jobradar.server.leads.Lead;
import dev.jobradar.server.leads.Texts;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes leads as feed readers read them (RFC 4287). A pure function. */
final class AtomFeed {
  private static final String ATOM = "http://www.w3.org/2005/Atom";
  private static final int LONGEST_TITLE = 100;

  private AtomFeed() {}

  /**
   * The feed.
   *
   * @param id what stays the same of it, no secret
   * @param title what it is
   * @param self its address
   * @param leads newest post first
   * @param tasks the tasks' names by their numbers
   * @param empty when it was updated last if it holds nothing
   */
  static String of(
      String id,
      String title,
      String self,
      List<Lead> leads,
      Map<Long, String> tasks,
      Instant empty) {
    StringWriter out = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("feed");
      xml.writeDefaultNamespace(ATOM);
      element(xml, "id", id);
      element(xml, "title", title);
      link(xml, "self", self);
      element(xml, "updated", leads.isEmpty() ? empty.toString() : updated(leads).toString());
      for (Lead lead : leads) {
        entry(xml, lead, tasks.getOrDefault(lead.task().value(), ""));
      }
      xml.writeEndElement();
      xml.writeEndDocument();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a text in memory can be written", e);
    }
    return out.toString();
  }

  private static void entry(XMLStreamWriter xml, Lead lead, String task) throws XMLStreamException {
    xml.writeStartElement("entry");
    element(xml, "id", "urn:jobradar:lead:" + lead.id().value());
    element(xml, "title", title(lead.text()));
    link(xml, "alternate", lead.url());
    element(xml, "published", lead.postedAt().toString());
    element(xml, "updated", updated(lead).toString());
    xml.writeStartElement("author");
    element(xml, "name", lead.source().toString());
    xml.writeEndElement();
    if (!task.isEmpty()) {
      xml.writeEmptyElement("category");
      xml.writeAttribute("term", clean(task));
    }
    xml.writeStartElement("content");
    xml.writeAttribute("type", "text");
    xml.writeCharacters(clean(lead.text()));
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static Instant updated(Lead lead) {
    Instant edited = lead.marks().editedAt();
    return edited == null ? lead.postedAt() : edited;
  }

  private static Instant updated(List<Lead> leads) {
    return leads.stream().map(AtomFeed::updated).max(Instant::compareTo).orElseThrow();
  }

  private static String title(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    String cut = Texts.cut(line, LONGEST_TITLE);
    return cut.isEmpty() ? "—" : cut.length() < line.length() ? cut + "…" : cut;
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(clean(text));
    xml.writeEndElement();
  }

  private static void link(XMLStreamWriter xml, String relation, String href)
      throws XMLStreamException {
    xml.writeEmptyElement("link");
    xml.writeAttribute("rel", relation);
    xml.writeAttribute("href", clean(href));
  }

  /** XML 1.0 has no control characters and no halves of pairs. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(point -> isXml(point) ? point : ' ').forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isXml(int point) {
    return point == '\t'
        || point == '\n'
        || point >= 0x20 && point <= 0xD7FF
        || point >= 0xE000 && point <= 0xFFFD
        || point >= 0x10000;
  }
}
