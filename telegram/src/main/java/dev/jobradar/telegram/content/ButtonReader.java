package dev.jobradar.telegram.content;

import dev.jobradar.telegram.content.TextEntity.Link;
import dev.jobradar.tl.api.InputKeyboardButtonRequestPeer;
import dev.jobradar.tl.api.InputKeyboardButtonUrlAuth;
import dev.jobradar.tl.api.InputKeyboardButtonUserProfile;
import dev.jobradar.tl.api.KeyboardButton;
import dev.jobradar.tl.api.KeyboardButtonBuy;
import dev.jobradar.tl.api.KeyboardButtonCallback;
import dev.jobradar.tl.api.KeyboardButtonCopy;
import dev.jobradar.tl.api.KeyboardButtonGame;
import dev.jobradar.tl.api.KeyboardButtonRequestGeoLocation;
import dev.jobradar.tl.api.KeyboardButtonRequestPeer;
import dev.jobradar.tl.api.KeyboardButtonRequestPhone;
import dev.jobradar.tl.api.KeyboardButtonRequestPoll;
import dev.jobradar.tl.api.KeyboardButtonRow;
import dev.jobradar.tl.api.KeyboardButtonSimpleWebView;
import dev.jobradar.tl.api.KeyboardButtonSwitchInline;
import dev.jobradar.tl.api.KeyboardButtonUrl;
import dev.jobradar.tl.api.KeyboardButtonUrlAuth;
import dev.jobradar.tl.api.KeyboardButtonUserProfile;
import dev.jobradar.tl.api.KeyboardButtonWebView;
import dev.jobradar.tl.api.ReplyInlineMarkup;
import dev.jobradar.tl.api.TypeKeyboardButton;
import dev.jobradar.tl.api.TypeReplyMarkup;
import org.jspecify.annotations.Nullable;

/**
 * The buttons below a message, a line each. What a callback button answers is not read: pressing it
 * would be an act of the person (core.telegram.org/api/bots/buttons).
 */
final class ButtonReader {
  private final ContentBuilder out;

  ButtonReader(ContentBuilder out) {
    this.out = out;
  }

  void read(@Nullable TypeReplyMarkup markup) {
    if (markup instanceof ReplyInlineMarkup inline) {
      for (KeyboardButtonRow row : inline.rows()) {
        row.buttons().forEach(this::read);
      }
    }
  }

  private void read(TypeKeyboardButton button) {
    switch (button) {
      case KeyboardButtonUrl b -> linked(b.text(), b.url());
      case KeyboardButtonUrlAuth b -> linked(b.text(), b.url());
      case KeyboardButtonWebView b -> linked(b.text(), b.url());
      case KeyboardButtonSimpleWebView b -> linked(b.text(), b.url());
      case KeyboardButtonUserProfile b -> {
        out.line();
        int from = out.position();
        out.append(b.text());
        out.mention(from, b.userId());
        out.line();
      }
      case KeyboardButtonCopy b -> {
        out.line(b.text());
        out.line(b.copyText());
      }
      case KeyboardButton b -> out.line(b.text());
      case KeyboardButtonCallback b -> out.line(b.text());
      case KeyboardButtonRequestPhone b -> out.line(b.text());
      case KeyboardButtonRequestGeoLocation b -> out.line(b.text());
      case KeyboardButtonRequestPoll b -> out.line(b.text());
      case KeyboardButtonRequestPeer b -> out.line(b.text());
      case KeyboardButtonSwitchInline b -> out.line(b.text());
      case KeyboardButtonGame b -> out.line(b.text());
      case KeyboardButtonBuy b -> out.line(b.text());
      case InputKeyboardButtonUrlAuth b -> {}
      case InputKeyboardButtonUserProfile b -> {}
      case InputKeyboardButtonRequestPeer b -> {}
    }
  }

  private void linked(String label, String url) {
    out.line();
    int from = out.position();
    out.append(label);
    out.link(from, url, Link.Kind.BUTTON);
    out.line();
  }
}
