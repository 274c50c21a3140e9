package dev.jobradar.telegram.content;

import dev.jobradar.telegram.content.TextEntity.Link;
import dev.jobradar.tl.api.Document;
import dev.jobradar.tl.api.DocumentAttributeAudio;
import dev.jobradar.tl.api.DocumentAttributeFilename;
import dev.jobradar.tl.api.MessageExtendedMedia;
import dev.jobradar.tl.api.MessageMediaContact;
import dev.jobradar.tl.api.MessageMediaDice;
import dev.jobradar.tl.api.MessageMediaDocument;
import dev.jobradar.tl.api.MessageMediaEmpty;
import dev.jobradar.tl.api.MessageMediaGame;
import dev.jobradar.tl.api.MessageMediaGeo;
import dev.jobradar.tl.api.MessageMediaGeoLive;
import dev.jobradar.tl.api.MessageMediaGiveaway;
import dev.jobradar.tl.api.MessageMediaGiveawayResults;
import dev.jobradar.tl.api.MessageMediaInvoice;
import dev.jobradar.tl.api.MessageMediaPaidMedia;
import dev.jobradar.tl.api.MessageMediaPhoto;
import dev.jobradar.tl.api.MessageMediaPoll;
import dev.jobradar.tl.api.MessageMediaStory;
import dev.jobradar.tl.api.MessageMediaToDo;
import dev.jobradar.tl.api.MessageMediaUnsupported;
import dev.jobradar.tl.api.MessageMediaVenue;
import dev.jobradar.tl.api.MessageMediaVideoStream;
import dev.jobradar.tl.api.MessageMediaWebPage;
import dev.jobradar.tl.api.PollAnswer;
import dev.jobradar.tl.api.StoryItem;
import dev.jobradar.tl.api.TextWithEntities;
import dev.jobradar.tl.api.TodoItem;
import dev.jobradar.tl.api.TypeDocument;
import dev.jobradar.tl.api.TypeDocumentAttribute;
import dev.jobradar.tl.api.TypeMessageExtendedMedia;
import dev.jobradar.tl.api.TypeMessageMedia;
import dev.jobradar.tl.api.TypePollAnswer;
import dev.jobradar.tl.api.TypeStoryItem;
import dev.jobradar.tl.api.TypeWebPage;
import dev.jobradar.tl.api.WebPage;
import org.jspecify.annotations.Nullable;

/** What the media of a message says in words. A caption is the message's own text. */
final class MediaReader {
  private static final String BULLET = "• ";

  private final ContentBuilder out;

  MediaReader(ContentBuilder out) {
    this.out = out;
  }

  void read(@Nullable TypeMessageMedia media) {
    switch (media) {
      case null -> {}
      case MessageMediaEmpty m -> {}
      case MessageMediaUnsupported m -> {}
      case MessageMediaPhoto m -> {}
      case MessageMediaGeo m -> {}
      case MessageMediaGeoLive m -> {}
      case MessageMediaDice m -> {}
      case MessageMediaVideoStream m -> {}
      case MessageMediaDocument m -> document(m.document());
      case MessageMediaWebPage m -> webPage(m.webpage());
      case MessageMediaPoll m -> poll(m);
      case MessageMediaToDo m -> checklist(m);
      case MessageMediaPaidMedia m -> m.extendedMedia().forEach(this::paid);
      case MessageMediaInvoice m -> {
        out.line(m.title());
        out.line(m.description());
      }
      case MessageMediaGame m -> {
        out.line(m.game().title());
        out.line(m.game().description());
      }
      case MessageMediaVenue m -> {
        out.line(m.title());
        out.line(m.address());
      }
      case MessageMediaContact m -> {
        out.line((m.firstName() + " " + m.lastName()).strip());
        out.line(m.phoneNumber());
      }
      case MessageMediaGiveaway m -> out.line(m.prizeDescription());
      case MessageMediaGiveawayResults m -> out.line(m.prizeDescription());
      case MessageMediaStory m -> story(m.story());
    }
  }

  private void document(@Nullable TypeDocument document) {
    if (!(document instanceof Document file)) {
      return;
    }
    for (TypeDocumentAttribute attribute : file.attributes()) {
      switch (attribute) {
        case DocumentAttributeFilename name -> out.line(name.fileName());
        case DocumentAttributeAudio audio -> {
          out.line(audio.performer());
          out.line(audio.title());
        }
        default -> {}
      }
    }
  }

  private void webPage(TypeWebPage page) {
    if (page instanceof WebPage known) {
      out.line(known.siteName());
      out.line();
      int from = out.position();
      out.append(known.title());
      out.link(from, known.url(), Link.Kind.PREVIEW);
      out.line(known.description());
      out.line(known.author());
    }
  }

  private void poll(MessageMediaPoll media) {
    line("", media.poll().question());
    for (TypePollAnswer answer : media.poll().answers()) {
      if (answer instanceof PollAnswer known) {
        line(BULLET, known.text());
      }
    }
    out.line(media.results().solution());
  }

  private void checklist(MessageMediaToDo media) {
    line("", media.todo().title());
    for (TodoItem item : media.todo().list()) {
      line(BULLET, item.title());
    }
  }

  private void line(String mark, TextWithEntities text) {
    out.line();
    out.append(mark);
    int base = out.position();
    out.append(text.text());
    Entities.read(text.entities(), text.text()).forEach(entity -> out.entity(base, entity));
    out.line();
  }

  private void paid(TypeMessageExtendedMedia media) {
    if (media instanceof MessageExtendedMedia bought) {
      read(bought.media());
    }
  }

  private void story(@Nullable TypeStoryItem story) {
    if (story instanceof StoryItem known) {
      String caption = known.caption();
      if (caption != null) {
        out.line();
        int base = out.position();
        out.append(caption);
        Entities.read(known.entities(), caption).forEach(entity -> out.entity(base, entity));
        out.line();
      }
    }
  }
}
