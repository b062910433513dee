// alembic_utils' directives: its entities as the SQL that their to_sql_statement_… methods make (alembic_utils/pg_*.py).
#include <fmt/format.h>

#include <algorithm>

#include "directives.h"
#include "whimbrel/base/text.h"

namespace whimbrel::alembic {

namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";

enum class Change : std::uint8_t { create, replace, drop };

/// statement.py: coerce_to_unquoted(normalize_whitespace(text))
std::string plain(std::string_view text) {
  std::string result;
  for (const char c : trim(text)) {
    const bool blank = kBlanks.contains(c);
    if (c == '"' || (blank && result.ends_with(' '))) continue;
    result += blank ? ' ' : c;
  }
  return result;
}

std::string quoted(std::string_view name) { return fmt::format("\"{}\"", name); }

/// statement.py: strip_terminating_semicolon
std::string_view without_semicolon(std::string_view text) {
  text = trim(text);
  while (text.ends_with(';')) text.remove_suffix(1);
  return trim(text);
}

/// What is left of a definition once the plugin has escaped its colons for text() and text() has read it: outside PL/pgSQL and views, \: stays.
std::string through_text(std::string_view definition, bool view) {
  std::string words = to_lower(plain(definition));
  std::erase(words, '\'');
  const bool escapes = view || words.contains("language plpgsql");
  std::string result;
  for (std::size_t i = 0; i < definition.size(); ++i) {
    if (!escapes || !definition.substr(i).starts_with("\\:")) result += definition[i];
  }
  return result;
}

/// An entity as its constructor was called: PGFunction(schema=…, signature=…, definition=…).
class Entity {
 public:
  Entity(Directive& directive, const python::Call& call, Span span) : directive_(directive), kind_(last_part(call.path())), arguments_(call, span, parameters()) {
    schema_ = plain(arguments_.name("schema").value);
    if (kind_ != "PGGrantTable") signature_ = plain(arguments_.required("signature").value);
    on_entity_ = plain(arguments_.name("on_entity").value);
    if (!on_entity_.empty() && !on_entity_.contains('.')) on_entity_ = "public." + on_entity_;
  }

  void run(Change change) {
    if (kind_ == "PGFunction") function(change);
    else if (kind_ == "PGTrigger") trigger(change);
    else if (kind_ == "PGView") view(change);
    else if (kind_ == "PGMaterializedView") materialized_view(change);
    else if (kind_ == "PGPolicy") policy(change);
    else if (kind_ == "PGExtension") extension(change);
    else if (kind_ == "PGGrantTable") grant(change);
    else arguments_.fail(fmt::format("{} is not known", kind_));
    if (!arguments_.problem().empty()) directive_.arguments.fail(arguments_.problem());
  }

 private:
  [[nodiscard]] std::span<const std::string_view> parameters() const {
    static constexpr std::string_view kPlain[] = {"schema", "signature", "definition", "with_data"};
    static constexpr std::string_view kOn[] = {"schema", "signature", "definition", "on_entity", "is_constraint"};
    static constexpr std::string_view kGrant[] = {"schema", "table", "role", "grant", "columns", "with_grant_option"};
    if (kind_ == "PGGrantTable") return kGrant;
    return kind_ == "PGTrigger" || kind_ == "PGPolicy" ? std::span<const std::string_view>(kOn) : kPlain;
  }

  /// Everything in it stands at the directive: the entity may have been made anywhere.
  void say(const std::string& sql) {
    if (arguments_.problem().empty()) execute_sql(directive_.recorder, python::Text::made(sql, directive_.span()), directive_.span());
  }

  [[nodiscard]] std::string name() const { return schema_.empty() ? quoted(signature_) : fmt::format("{}.{}", quoted(schema_), quoted(signature_)); }
  [[nodiscard]] std::string cascade() const { return directive_.arguments.is_true("cascade") ? " cascade" : ""; }

  std::string definition() {
    const Value* value = arguments_.get("definition");
    const std::string* text = value != nullptr ? value->string() : nullptr;
    if (text == nullptr) arguments_.fail("the entity's definition cannot be told");
    return text != nullptr ? through_text(without_semicolon(*text), kind_.ends_with("View")) : std::string();
  }

  void function(Change change) {
    const std::size_t open = signature_.find('(');
    if (open == std::string::npos) return arguments_.fail("the function's signature has no parentheses");
    const std::string bare = fmt::format("{}.{}", quoted(schema_), quoted(trim(std::string_view(signature_).substr(0, open))));
    const std::string parameters = signature_.substr(open);
    if (change == Change::drop) return say(fmt::format("DROP FUNCTION {}{}{}", bare, without_defaults(parameters), cascade()));
    say(fmt::format("CREATE {}FUNCTION {}{} {}", change == Change::replace ? "OR REPLACE " : "", bare, parameters, definition()));
  }

  /// "(a integer, b text DEFAULT f(1, 2))" without the defaults: what DROP FUNCTION names.
  static std::string without_defaults(std::string_view parameters) {
    std::string result;
    int depth = 0;
    bool skipping = false;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      const char c = parameters[i];
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if ((c == ',' && depth == 1) || depth == 0) skipping = false;
      if (depth == 1 && (c == '=' || equals_ignoring_case(parameters.substr(i, 9), " default "))) skipping = true;
      if (!skipping) result += c;
    }
    return result;
  }

  void trigger(Change change) {
    const std::string drop = fmt::format("{} ON {}", quoted(signature_), on_entity_);
    if (change == Change::drop) return say(fmt::format("DROP TRIGGER {}{}", drop, cascade()));
    const std::optional<std::string> body = with_qualified_table(definition());
    if (!body) return arguments_.fail("the trigger's definition cannot be told");
    if (change == Change::replace) say(fmt::format("DROP TRIGGER IF EXISTS {}", drop));
    say(fmt::format("CREATE {}TRIGGER {} {}", arguments_.is_true("is_constraint") ? "CONSTRAINT " : "", quoted(signature_), *body));
  }

  /// "BEFORE INSERT ON t FOR EACH ROW …" with its table in the entity's schema.
  [[nodiscard]] std::optional<std::string> with_qualified_table(std::string_view text) const {
    for (std::size_t at = text.find_first_of(kBlanks); at != std::string_view::npos; at = text.find_first_of(kBlanks, at + 1)) {
      if (text.size() < at + 4 || !equals_ignoring_case(text.substr(at + 1, 2), "on") || !kBlanks.contains(text[at + 3])) continue;
      const std::size_t begin = text.find_first_not_of(kBlanks, at + 3);
      const std::size_t end = begin == std::string_view::npos ? begin : text.find_first_of(kBlanks, begin);
      if (end == std::string_view::npos) return std::nullopt;
      const std::size_t dot = text.find('.', begin);
      return fmt::format("{}{}.{}", text.substr(0, begin), schema_, text.substr(dot < end ? dot + 1 : begin));
    }
    return std::nullopt;
  }

  void view(Change change) {
    if (change == Change::drop) return say(fmt::format("DROP VIEW {}{}", name(), cascade()));
    const std::string create = fmt::format("VIEW {} AS {}", name(), definition());
    if (change == Change::create) return say("CREATE " + create);
    say(fmt::format("do $$ begin CREATE OR REPLACE {}; exception when others then DROP VIEW IF EXISTS {}; CREATE {}; end; $$ language 'plpgsql'",
                    create, name(), create));
  }

  void materialized_view(Change change) {
    if (change == Change::drop) return say(fmt::format("DROP MATERIALIZED VIEW {}{}", name(), cascade()));
    const std::string body = definition();
    if (change == Change::replace) say(fmt::format("DROP MATERIALIZED VIEW IF EXISTS {}", name()));
    say(fmt::format("CREATE MATERIALIZED VIEW {} AS {} WITH {}DATA", name(), body, arguments_.flag("with_data").value_or(true) ? "" : "NO "));
  }

  void policy(Change change) {
    const std::string which = fmt::format("{} on {}", signature_, on_entity_);
    if (change == Change::drop) return say(fmt::format("DROP POLICY {}{}", which, cascade()));
    const std::string body = definition();
    if (change == Change::replace) say(fmt::format("DROP POLICY IF EXISTS {}", which));
    say(fmt::format("CREATE POLICY {} {}", which, body));
  }

  void extension(Change change) {
    switch (change) {
      case Change::create: return say(fmt::format("CREATE EXTENSION {} WITH SCHEMA {}", quoted(signature_), quoted(schema_)));
      case Change::drop: return say(fmt::format("DROP EXTENSION {}{}", quoted(signature_), cascade()));
      case Change::replace: return arguments_.fail("an extension cannot be replaced");
    }
  }

  void grant(Change change) {
    const std::string object = fmt::format("{}.{}", quoted(schema_), quoted(plain(arguments_.required("table").value)));
    const std::string role = quoted(plain(arguments_.required("role").value));
    const std::string privilege = privilege_of();
    if (change != Change::create) say(fmt::format("REVOKE {} ON {} FROM {}", privilege, object, role));
    if (change == Change::drop) return;
    std::vector<std::string> columns;
    for (const ir::Name& column : arguments_.names("columns")) columns.push_back(column.value);
    std::ranges::sort(columns);
    say(fmt::format("GRANT {}{} ON {} TO {}{}", privilege, columns.empty() ? "" : fmt::format(" ({})", fmt::join(columns, ", ")), object, role,
                    arguments_.is_true("with_grant_option") ? " WITH GRANT OPTION" : ""));
  }

  /// "SELECT" or PGGrantTableChoice.SELECT
  std::string privilege_of() {
    const Value* value = arguments_.get("grant");
    if (value != nullptr && value->string() != nullptr) return *value->string();
    const std::string_view path = value != nullptr ? value->path() : std::string_view();
    if (path.contains("PGGrantTableChoice.")) return std::string(last_part(path));
    arguments_.fail(value != nullptr ? said_of("the privilege", *value) : "the privilege is missing");
    return {};
  }

  Directive& directive_;
  std::string kind_;
  Arguments arguments_;
  std::string schema_;
  std::string signature_;
  std::string on_entity_;
};

void run_entity(Directive& directive, Change change) {
  const Value* target = directive.arguments.get("target");
  const auto* call = target != nullptr ? target->as<python::Call>() : nullptr;
  if (call == nullptr || !call->path().contains("alembic_utils")) {
    return directive.arguments.fail(target != nullptr ? said_of("the entity", *target) : "the entity is missing");
  }
  Entity(directive, *call, target->span).run(change);
}

}  // namespace

void create_entity(Directive& directive) { run_entity(directive, Change::create); }
void replace_entity(Directive& directive) { run_entity(directive, Change::replace); }
void drop_entity(Directive& directive) { run_entity(directive, Change::drop); }

}  // namespace whimbrel::alembic
