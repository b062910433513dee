// alembic_postgresql_enum's directives, as the SQL that they run (alembic_postgresql_enum/operations, sql_commands).
#include <fmt/format.h>

#include <algorithm>

#include "directives.h"

namespace whimbrel::alembic {

namespace {

using Renames = std::vector<std::pair<std::string, std::string>>;

/// `"app"."x"`, quoted as the plugin quotes.
std::string quoted(std::string_view schema, std::string_view name) {
  return schema.empty() ? fmt::format("\"{}\"", name) : fmt::format("\"{}\".\"{}\"", schema, name);
}

void say(Directive& directive, const std::string& sql) {
  execute_sql(directive.recorder, python::Text::made(sql, directive.span()), directive.span());
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
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

/// column_default.py, rename_default_if_required: "'ok'::mood" → "'content'::public.mood".
std::string renamed_default(std::string value, const std::string& type, const Renames& renames) {
  const bool array = value.ends_with("[]");
  const bool constructor = value.starts_with("ARRAY[");
  if (!constructor) value = value.substr(0, value.find("::"));
  for (const auto& [from, to] : renames) {
    value = replaced(std::move(value), fmt::format("'{}'", from), fmt::format("'{}'", to));
    value = replaced(std::move(value), fmt::format("\"{}\"", from), fmt::format("\"{}\"", to));
  }
  if (!constructor) return fmt::format("{}::{}{}", value, type, array ? "[]" : "");
  std::string result;
  for (std::size_t begin = 0; begin < value.size();) {
    const std::size_t cast = value.find("::", begin);
    result += value.substr(begin, cast - begin);
    if (cast == std::string::npos) break;
    result += "::" + type;
    begin = cast + 2;
    while (begin < value.size() && (std::isalnum(static_cast<unsigned char>(value[begin])) != 0 || value[begin] == '_' || value[begin] == '.')) ++begin;
  }
  return result;
}

/// ALTER COLUMN … TYPE … USING of enum_type.py, between the default's going and coming.
void change_column(Directive& directive, const EnumColumn& column, const std::string& type, const std::string& unquoted_type, const Renames& renames) {
  const std::string alter = fmt::format("ALTER TABLE {} ALTER COLUMN {} ", column.table, column.column);
  if (!column.default_value.empty()) say(directive, alter + "DROP DEFAULT");
  if (column.array) {
    std::string cast = column.column + "::text[]";
    for (const auto& [from, to] : renames) cast = fmt::format("array_replace({}, '{}', '{}')", cast, from, to);
    say(directive, fmt::format("{}TYPE {}[] USING {}::{}[]", alter, type, cast, type));
  } else {
    std::string cast = fmt::format("{}::text::{}", column.column, type);
    if (!renames.empty()) {
      std::string cases;
      for (const auto& [from, to] : renames) cases += fmt::format("WHEN {}::text = '{}' THEN '{}'::{} ", column.column, from, to, type);
      cast = fmt::format("CASE {}ELSE {} END", cases, cast);
    }
    say(directive, fmt::format("{}TYPE {} USING {}", alter, type, cast));
  }
  if (!column.default_value.empty()) say(directive, alter + "SET DEFAULT " + renamed_default(column.default_value, unquoted_type, renames));
}

/// A pair of strings, or a TableIndex(name=…, definition=…).
std::optional<std::pair<std::string, std::string>> pair_of(const Value& value) {
  const auto* items = value.items();
  const auto* call = value.as<python::Call>();
  const Value* first = items != nullptr && items->size() == 2 ? items->data() : nullptr;
  const Value* second = first != nullptr ? first + 1 : nullptr;
  constexpr std::string_view kIndex[] = {"name", "definition"};
  std::optional<Arguments> arguments;
  if (call != nullptr && last_part(call->path()) == "TableIndex") {
    arguments.emplace(*call, value.span, kIndex);
    first = arguments->get("name");
    second = arguments->get("definition");
  }
  if (first == nullptr || second == nullptr || first->string() == nullptr || second->string() == nullptr) return std::nullopt;
  return std::pair(*first->string(), *second->string());
}

Renames pairs(Arguments& arguments, std::string_view parameter, std::string_view what) {
  Renames result;
  const Value* value = arguments.get(parameter);
  if (value == nullptr || value->is_none()) return result;
  if (value->items() == nullptr) arguments.fail(said_of(what, *value));
  for (const Value& item : value->items() != nullptr ? *value->items() : std::vector<Value>()) {
    auto pair = pair_of(item);
    if (pair) {
      result.push_back(std::move(*pair));
    } else {
      arguments.fail(said_of(fmt::format("one of {}", what), item));
    }
  }
  return result;
}

std::vector<EnumColumn> affected_columns(Arguments& arguments, const std::string& schema) {
  std::vector<EnumColumn> columns;
  const Value* given = arguments.get("affected_columns");
  const auto* items = given != nullptr ? given->items() : nullptr;
  if (items == nullptr) arguments.fail("the columns of the enum cannot be told");
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    if (auto column = enum_column((*items)[i], schema)) {
      columns.push_back(std::move(*column));
    } else {
      arguments.fail(said_of("a column of the enum", (*items)[i]));
    }
  }
  return columns;
}

}  // namespace

// The operators between the old type and the new one, which the plugin makes and drops again in the same breath, are left out.
void sync_enum_values(Directive& directive) {
  Arguments& arguments = directive.arguments;
  const std::string schema = arguments.name("enum_schema").value;
  const std::string name = arguments.required("enum_name").value;
  const std::vector<ir::Name> labels = arguments.names("new_values");
  const Renames renames = pairs(arguments, "enum_values_to_rename", "the renamed values of the enum");
  const Renames indexes = pairs(arguments, "indexes_to_recreate", "the indexes of the enum");
  const std::vector<EnumColumn> columns = affected_columns(arguments, schema);
  if (!arguments.problem().empty()) return;

  const std::string type = quoted(schema, name);
  const std::string unquoted = schema.empty() ? name : fmt::format("{}.{}", schema, name);
  std::string list;
  for (const ir::Name& label : labels) list += fmt::format("{}'{}'", list.empty() ? "" : ", ", label.value);
  say(directive, fmt::format("ALTER TYPE {} RENAME TO \"{}_old\"", type, name));
  say(directive, fmt::format("CREATE TYPE {} AS ENUM ({})", type, list));
  for (const auto& [index, definition] : indexes) {
    const std::string bare = replaced(index, "\"", "");
    const std::size_t dot = bare.rfind('.');
    say(directive, fmt::format("DROP INDEX IF EXISTS {}", dot == std::string::npos ? quoted("", bare) : quoted(bare.substr(0, dot), bare.substr(dot + 1))));
  }
  for (const EnumColumn& column : columns) change_column(directive, column, type, unquoted, renames);
  say(directive, fmt::format("DROP TYPE {}", quoted(schema, name + "_old")));
  for (auto [index, definition] : indexes) {
    for (const auto& [from, to] : renames) {
      for (const std::string& spelled : {name, unquoted}) {
        definition = replaced(std::move(definition), fmt::format("'{}'::{}", from, spelled), fmt::format("'{}'::{}", to, spelled));
      }
    }
    say(directive, definition);
  }
}

// Its before_value stands behind AFTER: the plugin's own slip (add_value_before).
void add_enum_value(Directive& directive) {
  Arguments& arguments = directive.arguments;
  const std::string type = quoted(arguments.name("enum_schema").value, arguments.required("enum_name").value);
  const std::string label = arguments.required("new_value").value;
  const std::string neighbour = arguments.name("before_value").value;
  if (!arguments.problem().empty()) return;
  say(directive, fmt::format("ALTER TYPE {} ADD VALUE '{}'{}", type, label, neighbour.empty() ? "" : fmt::format(" AFTER '{}'", neighbour)));
}

}  // namespace whimbrel::alembic
