package dev.jobradar.telegram.content;

import dev.jobradar.telegram.content.TextEntity.Link;
import dev.jobradar.telegram.content.TextEntity.Style;
import dev.jobradar.tl.api.InputPageBlockMap;
import dev.jobradar.tl.api.PageBlockAnchor;
import dev.jobradar.tl.api.PageBlockAudio;
import dev.jobradar.tl.api.PageBlockAuthorDate;
import dev.jobradar.tl.api.PageBlockBlockquote;
import dev.jobradar.tl.api.PageBlockBlockquoteBlocks;
import dev.jobradar.tl.api.PageBlockChannel;
import dev.jobradar.tl.api.PageBlockCollage;
import dev.jobradar.tl.api.PageBlockCover;
import dev.jobradar.tl.api.PageBlockDetails;
import dev.jobradar.tl.api.PageBlockDivider;
import dev.jobradar.tl.api.PageBlockEmbed;
import dev.jobradar.tl.api.PageBlockEmbedPost;
import dev.jobradar.tl.api.PageBlockFooter;
import dev.jobradar.tl.api.PageBlockHeader;
import dev.jobradar.tl.api.PageBlockHeading1;
import dev.jobradar.tl.api.PageBlockHeading2;
import dev.jobradar.tl.api.PageBlockHeading3;
import dev.jobradar.tl.api.PageBlockHeading4;
import dev.jobradar.tl.api.PageBlockHeading5;
import dev.jobradar.tl.api.PageBlockHeading6;
import dev.jobradar.tl.api.PageBlockKicker;
import dev.jobradar.tl.api.PageBlockList;
import dev.jobradar.tl.api.PageBlockMap;
import dev.jobradar.tl.api.PageBlockMath;
import dev.jobradar.tl.api.PageBlockOrderedList;
import dev.jobradar.tl.api.PageBlockParagraph;
import dev.jobradar.tl.api.PageBlockPhoto;
import dev.jobradar.tl.api.PageBlockPreformatted;
import dev.jobradar.tl.api.PageBlockPullquote;
import dev.jobradar.tl.api.PageBlockRelatedArticles;
import dev.jobradar.tl.api.PageBlockSlideshow;
import dev.jobradar.tl.api.PageBlockSubheader;
import dev.jobradar.tl.api.PageBlockSubtitle;
import dev.jobradar.tl.api.PageBlockTable;
import dev.jobradar.tl.api.PageBlockThinking;
import dev.jobradar.tl.api.PageBlockTitle;
import dev.jobradar.tl.api.PageBlockUnsupported;
import dev.jobradar.tl.api.PageBlockVideo;
import dev.jobradar.tl.api.PageCaption;
import dev.jobradar.tl.api.PageListItemBlocks;
import dev.jobradar.tl.api.PageListItemText;
import dev.jobradar.tl.api.PageListOrderedItemBlocks;
import dev.jobradar.tl.api.PageListOrderedItemText;
import dev.jobradar.tl.api.PageRelatedArticle;
import dev.jobradar.tl.api.PageTableCell;
import dev.jobradar.tl.api.PageTableRow;
import dev.jobradar.tl.api.TypePageBlock;
import dev.jobradar.tl.api.TypePageListItem;
import dev.jobradar.tl.api.TypePageListOrderedItem;
import dev.jobradar.tl.api.TypeRichText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks the blocks of a rich message or an instant view page, in the order they are read in. */
final class PageBlockReader {
  private static final String BULLET = "• ";
  private static final String UNCHECKED = "☐ ";
  private static final String CHECKED = "☑ ";

  private final ContentBuilder out;
  private final RichTextReader rich;

  PageBlockReader(ContentBuilder out) {
    this.out = out;
    this.rich = new RichTextReader(out);
  }

  void read(List<TypePageBlock> blocks) {
    blocks.forEach(this::read);
  }

  private void read(TypePageBlock block) {
    switch (block) {
      case PageBlockUnsupported b -> {}
      case PageBlockDivider b -> {}
      case PageBlockAnchor b -> {}
      case PageBlockChannel b -> {}
      case InputPageBlockMap b -> {}
      case PageBlockTitle b -> heading(b.text());
      case PageBlockSubtitle b -> heading(b.text());
      case PageBlockHeader b -> heading(b.text());
      case PageBlockSubheader b -> heading(b.text());
      case PageBlockHeading1 b -> heading(b.text());
      case PageBlockHeading2 b -> heading(b.text());
      case PageBlockHeading3 b -> heading(b.text());
      case PageBlockHeading4 b -> heading(b.text());
      case PageBlockHeading5 b -> heading(b.text());
      case PageBlockHeading6 b -> heading(b.text());
      case PageBlockKicker b -> line(b.text());
      case PageBlockParagraph b -> line(b.text());
      case PageBlockFooter b -> line(b.text());
      case PageBlockThinking b -> line(b.text());
      case PageBlockAuthorDate b -> line(b.author());
      case PageBlockMath b -> out.line(b.source());
      case PageBlockPreformatted b -> styled(b.text(), Style.PRE);
      case PageBlockBlockquote b -> {
        styled(b.text(), Style.QUOTE);
        line(b.caption());
      }
      case PageBlockPullquote b -> {
        styled(b.text(), Style.QUOTE);
        line(b.caption());
      }
      case PageBlockBlockquoteBlocks b -> {
        read(b.blocks());
        line(b.caption());
      }
      case PageBlockDetails b -> {
        heading(b.title());
        read(b.blocks());
      }
      case PageBlockList b -> b.items().forEach(this::item);
      case PageBlockOrderedList b -> {
        int number = b.start() == null ? 1 : b.start();
        int step = b.reversed() ? -1 : 1;
        for (TypePageListOrderedItem item : b.items()) {
          item(item, number);
          number += step;
        }
      }
      case PageBlockTable b -> {
        line(b.title());
        b.rows().forEach(this::row);
      }
      case PageBlockCover b -> read(b.cover());
      case PageBlockPhoto b -> caption(b.caption());
      case PageBlockVideo b -> caption(b.caption());
      case PageBlockAudio b -> caption(b.caption());
      case PageBlockMap b -> caption(b.caption());
      case PageBlockEmbed b -> caption(b.caption());
      case PageBlockEmbedPost b -> {
        out.line(b.author());
        read(b.blocks());
        caption(b.caption());
      }
      case PageBlockCollage b -> {
        read(b.items());
        caption(b.caption());
      }
      case PageBlockSlideshow b -> {
        read(b.items());
        caption(b.caption());
      }
      case PageBlockRelatedArticles b -> {
        line(b.title());
        b.articles().forEach(this::article);
      }
    }
  }

  private void line(TypeRichText text) {
    out.line();
    rich.read(text);
    out.line();
  }

  private void heading(TypeRichText text) {
    styled(text, Style.BOLD);
  }

  private void styled(TypeRichText text, Style style) {
    out.line();
    int from = out.position();
    rich.read(text);
    out.styled(from, style);
    out.line();
  }

  private void caption(PageCaption caption) {
    line(caption.text());
    line(caption.credit());
  }

  private void item(TypePageListItem item) {
    switch (item) {
      case PageListItemText i -> item(box(i.checkbox(), i.checked(), BULLET), i.text());
      case PageListItemBlocks i -> item(box(i.checkbox(), i.checked(), BULLET), i.blocks());
    }
  }

  private void item(TypePageListOrderedItem item, int number) {
    switch (item) {
      case PageListOrderedItemText i ->
          item(box(i.checkbox(), i.checked(), mark(i.num(), i.value(), number)), i.text());
      case PageListOrderedItemBlocks i ->
          item(box(i.checkbox(), i.checked(), mark(i.num(), i.value(), number)), i.blocks());
    }
  }

  private static String mark(@Nullable String given, @Nullable Integer value, int number) {
    if (given != null && !given.isBlank()) {
      return given.strip() + (given.strip().endsWith(".") ? " " : ". ");
    }
    return (value == null ? number : value) + ". ";
  }

  private static String box(boolean hasBox, boolean checked, String mark) {
    return hasBox ? checked ? CHECKED : UNCHECKED : mark;
  }

  private void item(String mark, TypeRichText text) {
    out.line();
    out.append(mark);
    rich.read(text);
    out.line();
  }

  private void item(String mark, List<TypePageBlock> blocks) {
    out.line();
    out.append(mark.strip());
    out.line();
    read(blocks);
  }

  private void row(PageTableRow row) {
    out.line();
    boolean first = true;
    for (PageTableCell cell : row.cells()) {
      TypeRichText text = cell.text();
      if (text != null) {
        out.append(first ? "" : " | ");
        rich.read(text);
        first = false;
      }
    }
    out.line();
  }

  private void article(PageRelatedArticle article) {
    out.line();
    int from = out.position();
    out.append(article.title());
    out.link(from, article.url(), Link.Kind.TEXT);
    out.line(article.description());
  }
}
