package dev.jobradar.server.filter;

import java.util.List;

/** A post read for its fingerprint. */
record PostReading(List<SignificantWord> words, PostMarks marks) {

  /**
   * Reads a text.
   *
   * @param hidden addresses that are behind words or buttons
   */
  static PostReading of(String text, List<String> hidden) {
    WordForms forms = new WordForms();
    FoldedText folded = FoldedText.of(text);
    List<Links.Address> addresses = Links.in(text);
    Tokenizer tokenizer = new Tokenizer(folded, addresses, forms);
    return new PostReading(
        SignificantWords.in(text, folded, tokenizer, forms),
        new MarkReader(text, folded, tokenizer, forms).read(addresses, hidden));
  }
}
