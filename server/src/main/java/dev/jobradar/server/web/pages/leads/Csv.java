package dev.jobradar.server.web.pages.leads;

import java.io.IOException;
import java.util.List;

/**
 * Writes rows as spreadsheets read them (RFC 4180). A cell that a spreadsheet would compute is
 * written as a text: what stands in a post is written by strangers.
 */
final class Csv {
  private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

  private final Appendable out;
  private final char separator;

  /**
   * @param separator a semicolon where figures have a comma: spreadsheets expect it there
   */
  Csv(Appendable out, char separator) {
    this.out = out;
    this.separator = separator;
  }

  void row(List<String> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        out.append(separator);
      }
      out.append(cell(cells.get(i)));
    }
    out.append("\r\n");
  }

  private String cell(String text) {
    String safe = isFormula(text) ? "'" + text : text;
    boolean quoted =
        safe.chars()
                .anyMatch(c -> c == separator || c == '"' || c == '\n' || c == '\r' || c == '\'')
            || !safe.equals(safe.strip());
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  /** Also behind blanks, which some programs drop. */
  private static boolean isFormula(String text) {
    String inner = text.stripLeading();
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0
        || !inner.isEmpty() && FORMULA.indexOf(inner.charAt(0)) >= 0;
  }
}
