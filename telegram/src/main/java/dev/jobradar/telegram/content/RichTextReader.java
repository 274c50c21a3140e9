package dev.jobradar.telegram.content;

import dev.jobradar.telegram.content.TextEntity.Link;
import dev.jobradar.telegram.content.TextEntity.Style;
import dev.jobradar.tl.api.TextAnchor;
import dev.jobradar.tl.api.TextAutoEmail;
import dev.jobradar.tl.api.TextAutoPhone;
import dev.jobradar.tl.api.TextAutoUrl;
import dev.jobradar.tl.api.TextBankCard;
import dev.jobradar.tl.api.TextBold;
import dev.jobradar.tl.api.TextBotCommand;
import dev.jobradar.tl.api.TextCashtag;
import dev.jobradar.tl.api.TextConcat;
import dev.jobradar.tl.api.TextCustomEmoji;
import dev.jobradar.tl.api.TextDate;
import dev.jobradar.tl.api.TextDiff;
import dev.jobradar.tl.api.TextEmail;
import dev.jobradar.tl.api.TextEmpty;
import dev.jobradar.tl.api.TextFixed;
import dev.jobradar.tl.api.TextHashtag;
import dev.jobradar.tl.api.TextImage;
import dev.jobradar.tl.api.TextItalic;
import dev.jobradar.tl.api.TextMarked;
import dev.jobradar.tl.api.TextMath;
import dev.jobradar.tl.api.TextMention;
import dev.jobradar.tl.api.TextMentionName;
import dev.jobradar.tl.api.TextPhone;
import dev.jobradar.tl.api.TextPlain;
import dev.jobradar.tl.api.TextSpoiler;
import dev.jobradar.tl.api.TextStrike;
import dev.jobradar.tl.api.TextSubscript;
import dev.jobradar.tl.api.TextSuperscript;
import dev.jobradar.tl.api.TextUnderline;
import dev.jobradar.tl.api.TextUrl;
import dev.jobradar.tl.api.TypeRichText;

/**
 * Walks a {@code RichText}. Its depth is bounded where it is decoded ({@link
 * dev.jobradar.tl.TlLimits}).
 */
final class RichTextReader {
  private final ContentBuilder out;

  RichTextReader(ContentBuilder out) {
    this.out = out;
  }

  void read(TypeRichText text) {
    switch (text) {
      case TextEmpty t -> {}
      case TextImage t -> {}
      case TextPlain t -> out.append(t.text());
      case TextMath t -> out.append(t.source());
      case TextCustomEmoji t -> out.append(t.alt());
      case TextConcat t -> t.texts().forEach(this::read);
      case TextBold t -> styled(t.text(), Style.BOLD);
      case TextItalic t -> styled(t.text(), Style.ITALIC);
      case TextUnderline t -> styled(t.text(), Style.UNDERLINE);
      case TextStrike t -> styled(t.text(), Style.STRIKE);
      case TextFixed t -> styled(t.text(), Style.CODE);
      case TextSpoiler t -> styled(t.text(), Style.SPOILER);
      case TextUrl t -> linked(t.text(), t.url());
      case TextEmail t -> linked(t.text(), "mailto:" + t.email());
      case TextPhone t -> linked(t.text(), "tel:" + t.phone());
      case TextMentionName t -> {
        int from = out.position();
        read(t.text());
        out.mention(from, t.userId());
      }
      case TextSubscript t -> read(t.text());
      case TextSuperscript t -> read(t.text());
      case TextMarked t -> read(t.text());
      case TextAnchor t -> read(t.text());
      case TextMention t -> read(t.text());
      case TextHashtag t -> read(t.text());
      case TextBotCommand t -> read(t.text());
      case TextCashtag t -> read(t.text());
      case TextAutoUrl t -> read(t.text());
      case TextAutoEmail t -> read(t.text());
      case TextAutoPhone t -> read(t.text());
      case TextBankCard t -> read(t.text());
      case TextDate t -> read(t.text());
      case TextDiff t -> read(t.text());
    }
  }

  private void styled(TypeRichText text, Style style) {
    int from = out.position();
    read(text);
    out.styled(from, style);
  }

  private void linked(TypeRichText text, String url) {
    int from = out.position();
    read(text);
    out.link(from, url, Link.Kind.TEXT);
  }
}
