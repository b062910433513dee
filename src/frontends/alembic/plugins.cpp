// Directives of plugins: alembic_utils' entities and alembic_postgresql_enum's sync_enum_values, as the SQL that they run.
#include <fmt/format.h>

#include "directives.h"
#include "whimbrel/base/text.h"

namespace whimbrel::alembic {

namespace {

/// `"app"."x"`, quoted as the plugins quote.
std::string quoted(std::string_view schema, std::string_view name) {
  return schema.empty() ? fmt::format("\"{}\"", name) : fmt::format("\"{}\".\"{}\"", schema, name);
}

/// Everything in it stands at the call: the entity may have been made anywhere.
void run_sql(Directive& directive, std::string sql) {
  execute_value(directive.recorder, python::make_string(std::move(sql), directive.span()), directive.span());
}

enum class Step : std::uint8_t { create, replace, drop };

/// An entity as its constructor was called: PGFunction(schema=…, signature=…, definition=…).
struct Entity {
  std::string kind;
  std::string schema;
  std::string signature;
  std::string on_entity;
  const std::string* definition = nullptr;
  bool constraint = false;
  bool with_data = true;
};

std::optional<Entity> entity_of(Directive& directive) {
  const Value* target = directive.arguments.get("target");
  const auto* call = target != nullptr ? target->as<python::Call>() : nullptr;
  if (call == nullptr || !call->path().contains("alembic_utils")) {
    directive.arguments.fail(target != nullptr ? said_of("the entity", *target) : "the entity is missing");
    return std::nullopt;
  }
  Entity entity;
  entity.kind = last_part(call->path());
  const bool on = entity.kind == "PGTrigger" || entity.kind == "PGPolicy";
  constexpr std::string_view kPlain[] = {"schema", "signature", "definition"};
  constexpr std::string_view kOn[] = {"schema", "signature", "definition", "on_entity"};
  Arguments arguments(*call, target->span, on ? std::span<const std::string_view>(kOn) : std::span<const std::string_view>(kPlain));
  entity.schema = arguments.name("schema").value;
  entity.signature = arguments.required("signature").value;
  entity.on_entity = arguments.name("on_entity").value;
  entity.constraint = arguments.is_true("is_constraint");
  entity.with_data = arguments.flag("with_data").value_or(true);
  const Value* definition = arguments.get("definition");
  entity.definition = definition != nullptr ? definition->string() : nullptr;
  if (!arguments.problem().empty()) directive.arguments.fail(arguments.problem());
  return directive.arguments.problem().empty() ? std::optional(entity) : std::nullopt;
}

/// "(a integer, b text DEFAULT f(1, 2))" without the defaults: what DROP FUNCTION names.
std::string without_defaults(std::string_view parameters) {
  std::string result;
  int depth = 0;
  bool skipping = false;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const char c = parameters[i];
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if ((c == ',' && depth == 1) || depth == 0) skipping = false;
    const std::string_view rest = parameters.substr(i);
    if (depth == 1 && (rest.starts_with(" default ") || rest.starts_with(" DEFAULT ") || c == '=')) skipping = true;
    if (!skipping) result += c;
  }
  return result;
}

/// CREATE [OR REPLACE] word name definition.
void create(Directive& directive, const Entity& entity, std::string_view before, std::string_view behind = "") {
  if (entity.definition == nullptr) return directive.arguments.fail("the entity's definition cannot be told");
  run_sql(directive, fmt::format("{}{}{}", before, *entity.definition, behind));
}

/// "BEFORE INSERT ON t FOR EACH ROW …" with its table in the entity's schema, as alembic_utils prints it.
std::optional<std::string> with_qualified_table(const std::string& definition, std::string_view schema) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::string_view text = definition;
  for (std::size_t at = text.find_first_of(kBlanks); at != std::string_view::npos; at = text.find_first_of(kBlanks, at + 1)) {
    if (text.size() < at + 4 || !equals_ignoring_case(text.substr(at + 1, 2), "on") || kBlanks.find(text[at + 3]) == std::string_view::npos) continue;
    const std::size_t begin = text.find_first_not_of(kBlanks, at + 3);
    const std::size_t end = begin == std::string_view::npos ? begin : text.find_first_of(kBlanks, begin);
    if (end == std::string_view::npos) return std::nullopt;
    const std::size_t dot = text.find('.', begin);
    return fmt::format("{}{}.{}", text.substr(0, begin), schema, text.substr(dot < end ? dot + 1 : begin));
  }
  return std::nullopt;
}

void run_function(Directive& directive, const Entity& entity, Step step) {
  const std::size_t open = entity.signature.find('(');
  const std::string name = quoted(entity.schema, std::string_view(entity.signature).substr(0, open));
  const std::string parameters = open == std::string::npos ? "()" : entity.signature.substr(open);
  if (step == Step::drop) return run_sql(directive, fmt::format("DROP FUNCTION {}{}", name, without_defaults(parameters)));
  create(directive, entity, fmt::format("CREATE {}FUNCTION {}{} ", step == Step::replace ? "OR REPLACE " : "", name, parameters));
}

void run_entity(Directive& directive, Step step) {
  const std::optional<Entity> entity = entity_of(directive);
  if (!entity) return;
  const std::string name = quoted(entity->schema, entity->signature);
  const std::string bare = quoted("", entity->signature);
  const bool drops = step == Step::drop;
  if (entity->kind == "PGFunction") {
    run_function(directive, *entity, step);
  } else if (entity->kind == "PGTrigger") {
    if (drops) return run_sql(directive, fmt::format("DROP TRIGGER {} ON {}", bare, entity->on_entity));
    if (step == Step::replace) run_sql(directive, fmt::format("DROP TRIGGER IF EXISTS {} ON {}", bare, entity->on_entity));
    const auto definition = entity->definition != nullptr ? with_qualified_table(*entity->definition, entity->schema) : std::nullopt;
    if (!definition) return directive.arguments.fail("the trigger's definition cannot be told");
    run_sql(directive, fmt::format("CREATE {}TRIGGER {} {}", entity->constraint ? "CONSTRAINT " : "", bare, *definition));
  } else if (entity->kind == "PGView") {
    if (drops) return run_sql(directive, fmt::format("DROP VIEW {}", name));
    create(directive, *entity, fmt::format("CREATE {}VIEW {} AS ", step == Step::replace ? "OR REPLACE " : "", name));
  } else if (entity->kind == "PGMaterializedView") {
    if (step != Step::create) run_sql(directive, fmt::format("DROP MATERIALIZED VIEW {}{}", step == Step::replace ? "IF EXISTS " : "", name));
    if (!drops) create(directive, *entity, fmt::format("CREATE MATERIALIZED VIEW {} AS ", name), entity->with_data ? " WITH DATA" : " WITH NO DATA");
  } else if (entity->kind == "PGPolicy") {
    if (step != Step::create) run_sql(directive, fmt::format("DROP POLICY {}{} ON {}", step == Step::replace ? "IF EXISTS " : "", entity->signature, entity->on_entity));
    if (!drops) create(directive, *entity, fmt::format("CREATE POLICY {} ON {} ", entity->signature, entity->on_entity));
  } else if (entity->kind == "PGExtension") {
    run_sql(directive, drops ? fmt::format("DROP EXTENSION {}", bare) : fmt::format("CREATE EXTENSION {} WITH SCHEMA {}", bare, quoted("", entity->schema)));
  } else {
    directive.arguments.fail(fmt::format("{} is not known", entity->kind));
  }
}

/// A column whose type is the enum: TableReference(table_name=…, column_name=…, …) or the older ("table", "column").
struct EnumColumn {
  std::string table;    ///< quoted, with its schema
  std::string column;   ///< quoted
  bool array = false;
  std::string default_value;
};

std::optional<EnumColumn> enum_column(const Value& value, const std::string& schema) {
  const auto is_array = [](const Value* kind) { return kind != nullptr && last_part(kind->path()) == "ARRAY"; };
  if (const auto* items = value.items(); items != nullptr && items->size() >= 2 && (*items)[0].string() != nullptr && (*items)[1].string() != nullptr) {
    return EnumColumn{quoted(schema, *(*items)[0].string()), quoted("", *(*items)[1].string()), items->size() > 2 && is_array(&(*items)[2]), ""};
  }
  const auto* call = value.as<python::Call>();
  if (call == nullptr || last_part(call->path()) != "TableReference") return std::nullopt;
  constexpr std::string_view kParameters[] = {"table_name", "column_name", "table_schema", "column_type", "existing_server_default"};
  Arguments arguments(*call, value.span, kParameters);
  const std::string table = arguments.required("table_name").value;
  const std::string column = arguments.required("column_name").value;
  const std::string own = arguments.get("table_schema") != nullptr ? arguments.name("table_schema").value : schema;
  const std::string default_value = arguments.name("existing_server_default").value;
  if (!arguments.problem().empty()) return std::nullopt;
  return EnumColumn{quoted(own, table), quoted("", column), is_array(arguments.get("column_type")), default_value};
}

void change_column(Directive& directive, const EnumColumn& column, const std::string& type, const std::vector<std::pair<std::string, std::string>>& renamed) {
  const std::string alter = fmt::format("ALTER TABLE {} ALTER COLUMN {} ", column.table, column.column);
  if (!column.default_value.empty()) run_sql(directive, alter + "DROP DEFAULT");
  if (column.array) {
    std::string cast = column.column + "::text[]";
    for (const auto& [from, to] : renamed) cast = fmt::format("array_replace({}, '{}', '{}')", cast, from, to);
    run_sql(directive, fmt::format("{}TYPE {}[] USING {}::{}[]", alter, type, cast, type));
  } else {
    std::string cast = fmt::format("{}::text::{}", column.column, type);
    if (!renamed.empty()) {
      std::string cases;
      for (const auto& [from, to] : renamed) cases += fmt::format("WHEN {}::text = '{}' THEN '{}'::{} ", column.column, from, to, type);
      cast = fmt::format("CASE {}ELSE {} END", cases, cast);
    }
    run_sql(directive, fmt::format("{}TYPE {} USING {}", alter, type, cast));
  }
  if (column.default_value.empty()) return;
  std::string value = column.default_value;
  for (const auto& [from, to] : renamed) {
    if (value.starts_with("'" + from + "'")) value = "'" + to + "'" + value.substr(from.size() + 2);
  }
  run_sql(directive, alter + "SET DEFAULT " + value);
}

}  // namespace

void create_entity(Directive& directive) { run_entity(directive, Step::create); }
void replace_entity(Directive& directive) { run_entity(directive, Step::replace); }
void drop_entity(Directive& directive) { run_entity(directive, Step::drop); }

void sync_enum_values(Directive& directive) {
  Arguments& arguments = directive.arguments;
  const std::string schema = arguments.name("enum_schema").value;
  const std::string name = arguments.required("enum_name").value;
  const std::vector<ir::Name> labels = arguments.names("new_values");
  const Value* columns = arguments.get("affected_columns");
  const auto* items = columns != nullptr ? columns->items() : nullptr;
  if (items == nullptr) arguments.fail("the columns of the enum cannot be told");
  std::vector<std::pair<std::string, std::string>> renamed;
  if (const Value* pairs = arguments.get("enum_values_to_rename"); pairs != nullptr && pairs->items() != nullptr) {
    for (const Value& pair : *pairs->items()) {
      const auto* both = pair.items();
      if (both == nullptr || both->size() != 2 || (*both)[0].string() == nullptr || (*both)[1].string() == nullptr) {
        arguments.fail("the renamed values of the enum cannot be told");
      } else {
        renamed.emplace_back(*(*both)[0].string(), *(*both)[1].string());
      }
    }
  }
  std::vector<EnumColumn> changed;
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    if (auto column = enum_column((*items)[i], schema)) {
      changed.push_back(std::move(*column));
    } else {
      arguments.fail(said_of("a column of the enum", (*items)[i]));
    }
  }
  if (!arguments.problem().empty()) return;
  const std::string type = quoted(schema, name);
  const std::string old_name = name + "_old";
  std::string list;
  for (const ir::Name& label : labels) list += fmt::format("{}'{}'", list.empty() ? "" : ", ", label.value);
  run_sql(directive, fmt::format("ALTER TYPE {} RENAME TO \"{}\"", type, old_name));
  run_sql(directive, fmt::format("CREATE TYPE {} AS ENUM ({})", type, list));
  for (const EnumColumn& column : changed) change_column(directive, column, type, renamed);
  run_sql(directive, fmt::format("DROP TYPE {}", quoted(schema, old_name)));
}

}  // namespace whimbrel::alembic
