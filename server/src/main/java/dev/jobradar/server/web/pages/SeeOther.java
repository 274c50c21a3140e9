package dev.jobradar.server.web.pages;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The answer to a form that was accepted: the page to show now. */
public final class SeeOther {
  private SeeOther() {}

  /** 303 to that page. */
  public static ResponseEntity<Void> to(LocalPath page) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .header(HttpHeaders.LOCATION, page.value())
        .build();
  }

  /** 303 to one of our own pages. */
  public static ResponseEntity<Void> to(String page) {
    return to(new LocalPath(page));
  }
}
