package dev.jobradar.server.web.pages.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.leads.Lead;
import dev.jobradar.server.leads.LeadFeeds;
import dev.jobradar.server.leads.LeadInbox;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.Plan;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.pages.PageTexts;
import dev.jobradar.server.web.pages.SeeOther;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** {@code /leads/feed}, where a person makes and ends the address, and the feed behind it. */
@Controller
class LeadFeedController {
  private static final int ENTRIES = 50;
  private static final MediaType ATOM =
      new MediaType(MediaType.APPLICATION_ATOM_XML, StandardCharsets.UTF_8);

  private final LeadFeeds feeds;
  private final LeadInbox inbox;
  private final Tasks tasks;
  private final Users users;
  private final PageTexts texts;
  private final InstantSource clock;

  LeadFeedController(
      LeadFeeds feeds,
      LeadInbox inbox,
      Tasks tasks,
      Users users,
      PageTexts texts,
      InstantSource clock) {
    this.feeds = feeds;
    this.inbox = inbox;
    this.tasks = tasks;
    this.users = users;
    this.texts = texts;
    this.clock = clock;
  }

  @GetMapping("/leads/feed")
  @NeedsPlan
  String page(@CurrentUser User user, Model model) {
    model.addAttribute("since", feeds.since(user.id()).orElse(null));
    return "pages/leads/feed";
  }

  /** The address is shown in this answer alone: afterwards nobody here knows it. */
  @PostMapping("/leads/feed")
  @NeedsPlan
  String make(@CurrentUser User user, Model model, HttpServletResponse response) {
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    model
        .addAttribute("address", address(feeds.make(user.id())))
        .addAttribute("since", feeds.since(user.id()).orElse(null));
    return "pages/leads/feed";
  }

  @PostMapping("/leads/feed/end")
  ResponseEntity<Void> end(@CurrentUser User user) {
    feeds.revoke(user.id());
    return SeeOther.to("/leads/feed");
  }

  private static String address(String token) {
    return ServletUriComponentsBuilder.fromCurrentContextPath()
        .path("/feeds/{token}")
        .buildAndExpand(token)
        .toUriString();
  }

  /** For feed readers, which have no cookie. A query chooses as it does in the list. */
  @GetMapping("/feeds/{token}")
  ResponseEntity<byte[]> feed(
      @PathVariable String token, @RequestParam Map<String, String> parameters) {
    UserId id = feeds.owner(token).orElseThrow(ProblemException::notFound);
    User user =
        users.find(id).filter(each -> !each.disabled()).orElseThrow(ProblemException::notFound);
    if (user.planAt(clock.instant()) == Plan.EXPIRED) {
      throw new ProblemException(HttpStatus.FORBIDDEN, "plan_expired");
    }
    List<Lead> leads =
        inbox.page(id, LeadQuery.of(parameters).filter(ZoneOffset.UTC), null, ENTRIES).leads();
    Map<Long, String> names =
        tasks.of(id).stream().collect(Collectors.toMap(each -> each.id().value(), Task::name));
    byte[] body =
        AtomFeed.of(
                "urn:jobradar:leads:" + id.value(),
                texts.text(Locale.of(user.language()), "pages.leads.feed.name"),
                address(token),
                leads,
                names,
                user.createdAt())
            .getBytes(StandardCharsets.UTF_8);
    return ResponseEntity.ok()
        .contentType(ATOM)
        .cacheControl(CacheControl.noCache().cachePrivate())
        .eTag('"' + DigestUtils.md5DigestAsHex(body) + '"')
        .body(body);
  }
}
