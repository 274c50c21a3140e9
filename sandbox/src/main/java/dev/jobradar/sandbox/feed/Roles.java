package dev.jobradar.sandbox.feed;

import static dev.jobradar.sandbox.feed.Field.ASSISTANTS;
import static dev.jobradar.sandbox.feed.Field.COPYWRITING;
import static dev.jobradar.sandbox.feed.Field.DESIGN;
import static dev.jobradar.sandbox.feed.Field.MARKETING;
import static dev.jobradar.sandbox.feed.Field.PROGRAMMING;

import java.util.List;

/** The kinds of jobs there are. */
final class Roles {

  static final Role JAVA =
      Role.of(
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

  static final Role KOTLIN =
      Role.of(
          PROGRAMMING,
          "Kotlin-разработчик",
          "Kotlin developer",
          "Kotlin",
          "Coroutines",
          "Ktor",
          "Spring",
          "PostgreSQL",
          "gRPC");

  static final Role GO =
      Role.of(
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

  static final Role PYTHON =
      Role.of(
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

  static final Role FRONTEND =
      Role.of(
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

  static final Role CPP =
      Role.of(
          PROGRAMMING,
          "C++-разработчик",
          "C++ developer",
          "C++20",
          "Qt",
          "CMake",
          "Boost",
          "Linux");

  static final Role CSHARP =
      Role.of(
          PROGRAMMING, "C#-разработчик", "C# developer", "C#", ".NET 8", "ASP.NET Core", "MS SQL");

  static final Role ONE_C =
      Role.of(PROGRAMMING, "1С-программист", "1C developer", "1С:ERP", "ЗУП", "СКД", "БСП");

  static final Role ANDROID =
      Role.of(
          PROGRAMMING,
          "Android-разработчик",
          "Android developer",
          "Kotlin",
          "Jetpack Compose",
          "Coroutines",
          "MVVM");

  static final Role IOS =
      Role.of(
          PROGRAMMING, "iOS-разработчик", "iOS developer", "Swift", "SwiftUI", "UIKit", "Combine");

  static final Role DEVOPS =
      Role.of(
          PROGRAMMING,
          "DevOps-инженер",
          "DevOps engineer",
          "Kubernetes",
          "Terraform",
          "Ansible",
          "GitLab CI",
          "Prometheus",
          "Linux");

  static final Role TESTER =
      Role.of(
          PROGRAMMING,
          "тестировщик",
          "QA engineer",
          "Postman",
          "Selenium",
          "SQL",
          "тест-кейсы",
          "Playwright");

  static final Role ANALYST =
      Role.of(
          PROGRAMMING, "системный аналитик", "systems analyst", "BPMN", "UML", "SQL", "REST API");

  static final Role UX =
      Role.of(
          DESIGN,
          "UX/UI-дизайнер",
          "UI/UX designer",
          "Figma",
          "прототипы",
          "дизайн-система",
          "исследования");

  static final Role GRAPHIC =
      Role.of(
          DESIGN,
          "графический дизайнер",
          "graphic designer",
          "Illustrator",
          "Photoshop",
          "фирменный стиль",
          "баннеры");

  static final Role THREE_D =
      Role.of(DESIGN, "3D-дизайнер", "3D designer", "Blender", "Cinema 4D", "Houdini", "Substance");

  static final Role MOTION =
      Role.of(DESIGN, "моушн-дизайнер", "motion designer", "After Effects", "Premiere", "Lottie");

  static final Role WEB_DESIGNER =
      Role.of(DESIGN, "веб-дизайнер", "web designer", "Tilda", "Figma", "лендинги", "адаптив");

  static final Role MARKETER =
      Role.of(
          MARKETING,
          "интернет-маркетолог",
          "digital marketer",
          "аналитика",
          "контекстная реклама",
          "A/B-тесты",
          "воронки");

  static final Role SMM =
      Role.of(
          MARKETING, "SMM-менеджер", "SMM manager", "контент-план", "сторис", "Reels", "комьюнити");

  static final Role TARGETING =
      Role.of(
          MARKETING, "таргетолог", "paid social specialist", "таргет", "креативы", "ретаргетинг");

  static final Role SEO =
      Role.of(MARKETING, "SEO-специалист", "SEO specialist", "семантика", "ссылки", "аудит сайта");

  static final Role COPYWRITER =
      Role.of(
          COPYWRITING, "копирайтер", "copywriter", "лонгриды", "рассылки", "лендинги", "Главред");

  static final Role EDITOR =
      Role.of(COPYWRITING, "редактор", "editor", "вычитка", "tone of voice", "редполитика");

  static final Role TRANSLATOR =
      Role.of(COPYWRITING, "переводчик", "translator", "английский C1", "локализация", "Smartcat");

  static final Role WRITER =
      Role.of(COPYWRITING, "сценарист", "scriptwriter", "сценарии видео", "сторителлинг");

  static final Role ASSISTANT =
      Role.of(
          ASSISTANTS,
          "личный ассистент",
          "personal assistant",
          "календарь",
          "переписка",
          "поездки",
          "Notion");

  static final Role VIRTUAL =
      Role.of(
          ASSISTANTS,
          "онлайн-помощник",
          "virtual assistant",
          "таблицы",
          "звонки",
          "заявки",
          "Trello");

  static final Role MODERATOR =
      Role.of(
          ASSISTANTS, "модератор", "community moderator", "чаты", "ответы клиентам", "смены 2/2");

  static final List<Role> ALL =
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

  private Roles() {}

  static List<Role> of(Field field) {
    return ALL.stream().filter(role -> role.field() == field).toList();
  }
}
