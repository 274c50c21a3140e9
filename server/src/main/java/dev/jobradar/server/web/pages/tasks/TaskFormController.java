package dev.jobradar.server.web.pages.tasks;

import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.preview.Preview;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.ProblemTexts;
import dev.jobradar.server.web.TelegramBudget;
import dev.jobradar.server.web.pages.FormErrors;
import dev.jobradar.server.web.pages.Htmx;
import dev.jobradar.server.web.pages.PageTexts;
import dev.jobradar.server.web.pages.SeeOther;
import dev.jobradar.server.web.tasks.Previews;
import dev.jobradar.server.web.tasks.SourceChecks;
import dev.jobradar.server.web.tasks.SourceView;
import dev.jobradar.server.web.tasks.TaskEdit;
import dev.jobradar.server.web.tasks.TaskEditor;
import dev.jobradar.server.web.tasks.TaskRules;
import dev.jobradar.server.web.tasks.TaskViews;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The form of a task, new or not. What is refused shows it again with all that was typed; a script
 * gets parts of it, everybody else the whole page.
 */
@Controller
@NeedsPlan
class TaskFormController {
  private static final String PAGE = "pages/tasks/edit";

  private final Tasks tasks;
  private final TaskEditor editor;
  private final TaskViews views;
  private final SourceChecks checks;
  private final Previews previews;
  private final TelegramBudget telegram;
  private final ProblemTexts problems;
  private final PageTexts texts;
  private final InstantSource clock;

  TaskFormController(
      Tasks tasks,
      TaskEditor editor,
      TaskViews views,
      SourceChecks checks,
      Previews previews,
      TelegramBudget telegram,
      ProblemTexts problems,
      PageTexts texts,
      InstantSource clock) {
    this.tasks = tasks;
    this.editor = editor;
    this.views = views;
    this.checks = checks;
    this.previews = previews;
    this.telegram = telegram;
    this.problems = problems;
    this.texts = texts;
    this.clock = clock;
  }

  // --- showing it ----------------------------------------------------------------------------

  /**
   * A new task, or why there can be none.
   *
   * @param from a task to begin with
   */
  @GetMapping("/tasks/new")
  String fresh(
      @CurrentUser User user,
      @RequestParam(required = false) @Nullable Long from,
      Model model,
      Locale locale) {
    int limit = user.planAt(clock.instant()).tasks();
    model.addAttribute("limit", limit).addAttribute("full", tasks.count(user.id()) >= limit);
    if (from == null) {
      return show(model, null, TaskForm.FRESH, FormErrors.NONE, List.of());
    }
    Task task = task(user, from);
    TaskForm form = TaskForm.of(task);
    return show(
        model,
        null,
        form.named(texts.text(locale, "pages.tasks.copy_of", task.name())),
        FormErrors.NONE,
        known(task, locale));
  }

  @GetMapping("/tasks/{id}/edit")
  String edit(@CurrentUser User user, @PathVariable long id, Model model, Locale locale) {
    Task task = task(user, id);
    return show(model, id, TaskForm.of(task), FormErrors.NONE, known(task, locale));
  }

  private Task task(User user, long id) {
    return tasks.find(user.id(), new TaskId(id)).orElseThrow(ProblemException::notFound);
  }

  private List<SourceView> known(Task task, Locale locale) {
    return views.view(task, Map.of(), locale).sourceStates();
  }

  private static String show(
      Model model, @Nullable Long id, TaskForm form, FormErrors errors, List<SourceView> found) {
    model
        .addAttribute("id", id)
        .addAttribute("action", id == null ? "/tasks/new" : "/tasks/" + id + "/edit")
        .addAttribute("form", form)
        .addAttribute("errors", errors)
        .addAttribute("found", found);
    return PAGE;
  }

  // --- saving --------------------------------------------------------------------------------

  @PostMapping("/tasks/new")
  Object create(
      @CurrentUser User user,
      @ModelAttribute("form") TaskForm form,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      Locale locale)
      throws InterruptedException {
    return save(user, null, form, request, response, model, locale);
  }

  @PostMapping("/tasks/{id}/edit")
  Object update(
      @CurrentUser User user,
      @PathVariable long id,
      @ModelAttribute("form") TaskForm form,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      Locale locale)
      throws InterruptedException {
    task(user, id);
    return save(user, id, form, request, response, model, locale);
  }

  private Object save(
      User user,
      @Nullable Long id,
      TaskForm form,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      Locale locale)
      throws InterruptedException {
    Task stored;
    try {
      TaskEdit edit = TaskRules.check(form.body(), id == null);
      telegram.take(user.id());
      FormErrors errors = alertChannel(user, edit, locale);
      if (errors.any()) {
        return refused(request, response, model, id, form, errors);
      }
      stored =
          (id == null ? editor.create(user, edit) : editor.update(user, new TaskId(id), edit))
              .task();
    } catch (ProblemException problem) {
      return refused(request, response, model, id, form, FormErrors.of(problem, problems, locale));
    }
    String page = "/tasks/" + stored.id().value();
    if (!Htmx.isFragment(request)) {
      return SeeOther.to(page);
    }
    response.setHeader("HX-Redirect", page);
    return ResponseEntity.ok("");
  }

  /** Leads that could never be sent there are worth a word while the form is open. */
  private FormErrors alertChannel(User user, TaskEdit edit, Locale locale)
      throws InterruptedException {
    ChannelName channel = edit.alerts() == null ? null : edit.alerts().channel();
    if (channel == null) {
      return FormErrors.NONE;
    }
    SourceView found = checks.check(user.id(), List.of(channel.toString()), locale).getFirst();
    boolean bad =
        found.status().equals(SourceStatus.INVALID.text())
            || found.status().equals(SourceStatus.ERROR.text());
    return bad
        ? new FormErrors(
            null, Map.of("alerts_channel", channel + ": " + Objects.requireNonNull(found.detail())))
        : FormErrors.NONE;
  }

  private ModelAndView refused(
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      @Nullable Long id,
      TaskForm form,
      FormErrors errors) {
    String view = show(model, id, form, errors, List.of());
    if (Htmx.isFragment(request)) {
      view = PAGE + " :: form";
      response.setHeader("HX-Retarget", "#task-form");
      response.setHeader("HX-Reswap", "outerHTML");
    }
    return new ModelAndView(view, model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
  }

  // --- as it is typed ------------------------------------------------------------------------

  /** What the sources mean that are in the form just now. */
  @PostMapping("/tasks/check")
  String check(
      @CurrentUser User user,
      @RequestParam(defaultValue = "") String sources,
      Model model,
      Locale locale)
      throws InterruptedException {
    try {
      List<String> names = new TaskForm("", sources, "", "", null, "", null).sourceNames();
      List<SourceView> found = List.of();
      if (!names.isEmpty()) {
        telegram.take(user.id());
        found = checks.check(user.id(), names, locale);
      }
      model.addAttribute("found", found);
    } catch (ProblemException problem) {
      // Whoever types is not to be taken out of the field for it.
      FormErrors errors = FormErrors.of(problem, problems, locale);
      model
          .addAttribute("found", List.of())
          .addAttribute("problem", errors.fields().getOrDefault("sources", errors.summary()));
    }
    return "pages/tasks/edit :: found";
  }

  // --- preview -------------------------------------------------------------------------------

  @PostMapping("/tasks/new/preview")
  Object preview(
      @CurrentUser User user,
      @ModelAttribute("form") TaskForm form,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      Locale locale)
      throws InterruptedException {
    return preview(user, null, form, request, response, model, locale);
  }

  @PostMapping("/tasks/{id}/preview")
  Object previewOf(
      @CurrentUser User user,
      @PathVariable long id,
      @ModelAttribute("form") TaskForm form,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      Locale locale)
      throws InterruptedException {
    task(user, id);
    return preview(user, id, form, request, response, model, locale);
  }

  private Object preview(
      User user,
      @Nullable Long id,
      TaskForm form,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      Locale locale)
      throws InterruptedException {
    PreviewReport report;
    try {
      TaskEdit search = TaskRules.checkSearch(form.sourceNames(), form.include(), form.exclude());
      telegram.take(user.id());
      report = report(user, search, locale);
    } catch (ProblemException problem) {
      return refused(request, response, model, id, form, FormErrors.of(problem, problems, locale));
    }
    model.addAttribute("report", report);
    if (Htmx.isFragment(request)) {
      return "pages/tasks/preview :: preview";
    }
    return show(
        model,
        id,
        form,
        FormErrors.NONE,
        report.sources().stream().map(PreviewReport.SourcePart::source).toList());
  }

  private PreviewReport report(User user, TaskEdit search, Locale locale)
      throws InterruptedException {
    List<ChannelName> sources = Objects.requireNonNullElse(search.sources(), List.of());
    List<String> include = Objects.requireNonNullElse(search.include(), List.of());
    List<String> exclude = Objects.requireNonNullElse(search.exclude(), List.of());
    Preview.Result result =
        previews.run(user.id(), new Preview.Search(sources, include, exclude, Preview.MAX_POSTS));
    return PreviewReport.of(
        include,
        exclude,
        result,
        result.sources().entrySet().stream()
            .map(entry ->
                new PreviewReport.SourcePart(
                    views.view(entry.getKey(), entry.getValue().finding(), locale),
                    entry.getValue().read(),
                    entry.getValue().matched()))
            .toList());
  }
}
