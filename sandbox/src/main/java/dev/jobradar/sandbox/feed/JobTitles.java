package dev.jobradar.sandbox.feed;

import static dev.jobradar.sandbox.feed.JobField.ASSISTANTS;
import static dev.jobradar.sandbox.feed.JobField.COPYWRITING;
import static dev.jobradar.sandbox.feed.JobField.DESIGN;
import static dev.jobradar.sandbox.feed.JobField.MARKETING;
import static dev.jobradar.sandbox.feed.JobField.PROGRAMMING;

import java.util.List;

/** The kinds of jobs there are. */
final class JobTitles {

  static final JobTitle JAVA =
      JobTitle.of(
          PROGRAMMING,
          "Java-разработчик",
          "Java developer",
          "Java 21",
          "Spring Boot",
          "PostgreSQL",
          "Kafka",
          "Hibernate",
          "Docker",
          "Kubernetes",
          "Gradle",
          "микросервисы");

  static final JobTitle KOTLIN =
      JobTitle.of(
          PROGRAMMING,
          "Kotlin-разработчик",
          "Kotlin developer",
          "Kotlin",
          "Coroutines",
          "Ktor",
          "Spring",
          "PostgreSQL",
          "gRPC");

  static final JobTitle GO =
      JobTitle.of(
          PROGRAMMING,
          "Golang-разработчик",
          "Go developer",
          "Go",
          "gRPC",
          "PostgreSQL",
          "ClickHouse",
          "Redis",
          "Kafka",
          "Kubernetes",
          "Prometheus");

  static final JobTitle PYTHON =
      JobTitle.of(
          PROGRAMMING,
          "Python-разработчик",
          "Python developer",
          "Python 3.12",
          "Django",
          "FastAPI",
          "asyncio",
          "Celery",
          "PostgreSQL",
          "SQLAlchemy");

  static final JobTitle FRONTEND =
      JobTitle.of(
          PROGRAMMING,
          "frontend-разработчик",
          "front-end developer",
          "JavaScript",
          "TypeScript",
          "React",
          "Vue.js",
          "Next.js",
          "Node.js",
          "HTML/CSS");

  static final JobTitle CPP =
      JobTitle.of(
          PROGRAMMING,
          "C++-разработчик",
          "C++ developer",
          "C++20",
          "Qt",
          "CMake",
          "Boost",
          "Linux");

  static final JobTitle CSHARP =
      JobTitle.of(
          PROGRAMMING, "C#-разработчик", "C# developer", "C#", ".NET 8", "ASP.NET Core", "MS SQL");

  static final JobTitle ONE_C =
      JobTitle.of(PROGRAMMING, "1С-программист", "1C developer", "1С:ERP", "ЗУП", "СКД", "БСП");

  static final JobTitle ANDROID =
      JobTitle.of(
          PROGRAMMING,
          "Android-разработчик",
          "Android developer",
          "Kotlin",
          "Jetpack Compose",
          "Coroutines",
          "MVVM");

  static final JobTitle IOS =
      JobTitle.of(
          PROGRAMMING, "iOS-разработчик", "iOS developer", "Swift", "SwiftUI", "UIKit", "Combine");

  static final JobTitle DEVOPS =
      JobTitle.of(
          PROGRAMMING,
          "DevOps-инженер",
          "DevOps engineer",
          "Kubernetes",
          "Terraform",
          "Ansible",
          "GitLab CI",
          "Prometheus",
          "Linux");

  static final JobTitle TESTER =
      JobTitle.of(
          PROGRAMMING,
          "тестировщик",
          "QA engineer",
          "Postman",
          "Selenium",
          "SQL",
          "тест-кейсы",
          "Playwright");

  static final JobTitle ANALYST =
      JobTitle.of(
          PROGRAMMING, "системный аналитик", "systems analyst", "BPMN", "UML", "SQL", "REST API");

  static final JobTitle UX =
      JobTitle.of(
          DESIGN,
          "UX/UI-дизайнер",
          "UI/UX designer",
          "Figma",
          "прототипы",
          "дизайн-система",
          "исследования");

  static final JobTitle GRAPHIC =
      JobTitle.of(
          DESIGN,
          "графический дизайнер",
          "graphic designer",
          "Illustrator",
          "Photoshop",
          "фирменный стиль",
          "баннеры");

  static final JobTitle THREE_D =
      JobTitle.of(
          DESIGN, "3D-дизайнер", "3D designer", "Blender", "Cinema 4D", "Houdini", "Substance");

  static final JobTitle MOTION =
      JobTitle.of(
          DESIGN, "моушн-дизайнер", "motion designer", "After Effects", "Premiere", "Lottie");

  static final JobTitle WEB_DESIGNER =
      JobTitle.of(DESIGN, "веб-дизайнер", "web designer", "Tilda", "Figma", "лендинги", "адаптив");

  static final JobTitle MARKETER =
      JobTitle.of(
          MARKETING,
          "интернет-маркетолог",
          "digital marketer",
          "аналитика",
          "контекстная реклама",
          "A/B-тесты",
          "воронки");

  static final JobTitle SMM =
      JobTitle.of(
          MARKETING, "SMM-менеджер", "SMM manager", "контент-план", "сторис", "Reels", "комьюнити");

  static final JobTitle TARGETING =
      JobTitle.of(
          MARKETING, "таргетолог", "paid social specialist", "таргет", "креативы", "ретаргетинг");

  static final JobTitle SEO =
      JobTitle.of(
          MARKETING, "SEO-специалист", "SEO specialist", "семантика", "ссылки", "аудит сайта");

  static final JobTitle COPYWRITER =
      JobTitle.of(
          COPYWRITING, "копирайтер", "copywriter", "лонгриды", "рассылки", "лендинги", "Главред");

  static final JobTitle EDITOR =
      JobTitle.of(COPYWRITING, "редактор", "editor", "вычитка", "tone of voice", "редполитика");

  static final JobTitle TRANSLATOR =
      JobTitle.of(
          COPYWRITING, "переводчик", "translator", "английский C1", "локализация", "Smartcat");

  static final JobTitle WRITER =
      JobTitle.of(COPYWRITING, "сценарист", "scriptwriter", "сценарии видео", "сторителлинг");

  static final JobTitle ASSISTANT =
      JobTitle.of(
          ASSISTANTS,
          "личный ассистент",
          "personal assistant",
          "календарь",
          "переписка",
          "поездки",
          "Notion");

  static final JobTitle VIRTUAL =
      JobTitle.of(
          ASSISTANTS,
          "онлайн-помощник",
          "virtual assistant",
          "таблицы",
          "звонки",
          "заявки",
          "Trello");

  static final JobTitle MODERATOR =
      JobTitle.of(
          ASSISTANTS, "модератор", "community moderator", "чаты", "ответы клиентам", "смены 2/2");

  static final List<JobTitle> ALL =
      List.of(
          JAVA,
          KOTLIN,
          GO,
          PYTHON,
          FRONTEND,
          CPP,
          CSHARP,
          ONE_C,
          ANDROID,
          IOS,
          DEVOPS,
          TESTER,
          ANALYST,
          UX,
          GRAPHIC,
          THREE_D,
          MOTION,
          WEB_DESIGNER,
          MARKETER,
          SMM,
          TARGETING,
          SEO,
          COPYWRITER,
          EDITOR,
          TRANSLATOR,
          WRITER,
          ASSISTANT,
          VIRTUAL,
          MODERATOR);

  private JobTitles() {}

  static List<JobTitle> of(JobField field) {
    return ALL.stream().filter(role -> role.field() == field).toList();
  }
}
