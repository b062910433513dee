// How PostgreSQL makes names: makeObjectName() and what calls it (backend/commands/indexcmds.c,
// catalog/pg_constraint.c).
#include "names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "expressions.h"
#include "index_parts.h"
#include "whimbrel/base/text.h"
#include "whimbrel/catalog/apply.h"

namespace whimbrel::catalog {

namespace {

/// The type's name in pg_type where format_type() spells it otherwise: a cast gives an index column this name.
std::string_view internal_type_name(std::string_view canonical) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kNames{{
      {"bigint", "int8"},
      {"bit varying", "varbit"},
      {"boolean", "bool"},
      {"\"char\"", "char"},
      {"character", "bpchar"},
      {"character varying", "varchar"},
      {"decimal", "numeric"},
      {"double precision", "float8"},
      {"integer", "int4"},
      {"interval", "interval"},
      {"real", "float4"},
      {"smallint", "int2"},
      {"time with time zone", "timetz"},
      {"time without time zone", "time"},
      {"timestamp with time zone", "timestamptz"},
      {"timestamp without time zone", "timestamp"},
  }};
  const auto found = std::ranges::find(kNames, canonical, &std::pair<std::string_view, std::string_view>::first);
  return found == kNames.end() ? canonical : found->second;
}

/// A name and how sure the server is of it: FigureColnameInternal() of parse_target.c.
struct Figured {
  std::string name;
  int strength = 0;
};

Figured figure(const ir::Expr& expr, int depth = 0) {
  using enum ir::ExprKind;
  const auto argument = [&](std::size_t i) {
    return i < expr.args.size() && expr.args[i] && depth < 1000 ? figure(*expr.args[i], depth + 1) : Figured{};
  };
  switch (expr.kind) {
    case column:
      if (expr.names.empty() || expr.names.back() == "*") return {};
      return {expr.names.back(), 2};
    case call:
      return {to_lower(expr.name.name), 2};
    case op:
      return {};
    case cast: {
      Figured inner = argument(0);
      if (inner.strength <= 1) return {std::string(internal_type_name(expr.type.name)), 1};
      return inner;
    }
    case collate:
      return argument(0);
    case case_when: {
      const bool has_else = expr.args.size() % 2 == 1;
      Figured inner = has_else ? argument(expr.args.size() - 1) : Figured{};
      if (inner.strength <= 1) return {"case", 1};
      return inner;
    }
    case array:
      return {"array", 2};
    case row:
      return {"row", 2};
    case subscript:
      if (!expr.text.empty()) return {expr.text, 2};
      return argument(0);
    case null:
    case boolean:
    case number:
    case string:
    case parameter:
    case logic_and:
    case logic_or:
    case logic_not:
    case is_null:
    case is_not_null:
    case boolean_test:
    case subquery:
    case opaque:
      return {};
  }
  return {};
}

/// Tries "label", "label1", "label2" … from the `pass`th on until `free` says yes; `pass` is that of the result then.
template <class Free>
std::string numbered(std::string_view first, std::string_view second, std::string_view label, const Free& free, int& pass) {
  while (true) {
    std::string name = make_object_name(first, second, pass == 0 ? std::string(label) : std::string(label) + std::to_string(pass));
    if (free(name)) return name;
    ++pass;
  }
}

}  // namespace

std::string clip_name(std::string_view name, std::size_t bytes) { return std::string(clip(name, bytes)); }

std::string make_object_name(std::string_view first, std::string_view second, std::string_view label) {
  std::size_t overhead = 0;
  if (!second.empty()) ++overhead;
  if (!label.empty()) overhead += label.size() + 1;
  const std::size_t available = ir::kLongestIdentifier > overhead ? ir::kLongestIdentifier - overhead : 0;
  std::size_t first_bytes = first.size();
  std::size_t second_bytes = second.size();
  while (first_bytes + second_bytes > available) {
    if (first_bytes > second_bytes) {
      --first_bytes;
    } else {
      --second_bytes;
    }
  }
  std::string name = clip_name(first, first_bytes);
  if (!second.empty()) name += '_' + clip_name(second, second_bytes);
  if (!label.empty()) name.append("_").append(label);
  return name;
}

std::string choose_relation_name(const Catalog& catalog, const std::string& schema, std::string_view first,
                                 std::string_view second, std::string_view label, bool is_constraint) {
  // Names of constraints become free in more ways than the catalog keeps in mind.
  int from_the_first = 0;
  int& pass = is_constraint ? from_the_first : catalog.numbers_tried(NameHash::of(schema, fmt::format("{}\n{}\n{}", first, second, label)));
  return numbered(first, second, label, [&](const std::string& name) {
    return !catalog.name_is_taken({schema, name}) && !(is_constraint && catalog.constraint_exists(schema, name));
  }, pass);
}

std::string choose_plain_constraint_name(const Catalog& catalog, const std::string& schema, std::string_view first,
                                         std::string_view second, std::string_view label) {
  int pass = 0;
  return numbered(first, second, label, [&](const std::string& name) { return !catalog.constraint_exists(schema, name); }, pass);
}

std::vector<std::string> index_column_names(const std::vector<IndexColumn>& columns,
                                            const std::vector<std::string>& including) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& origin) {
    std::string name = origin;
    for (int i = 1; std::ranges::find(names, name) != names.end(); ++i) {
      const std::string number = std::to_string(i);
      name = clip_name(origin, ir::kLongestIdentifier - number.size()) + number;
    }
    names.push_back(std::move(name));
  };
  for (const IndexColumn& column : columns) {
    std::string name = column.label.empty() ? column.column : column.label;
    if (name.empty() && column.expr) name = figure(*column.expr).name;
    add(name.empty() ? "expr" : name);
  }
  for (const std::string& name : including) add(name);
  return names;
}

std::string name_addition(const std::vector<std::string>& columns) {
  std::string addition;
  for (const std::string& column : columns) {
    if (!addition.empty()) addition += '_';
    addition += column;
    if (addition.size() > ir::kLongestIdentifier) break;
  }
  return addition;
}

IndexNaming naming_of(ir::ConstraintKind kind) {
  switch (kind) {
    case ir::ConstraintKind::primary_key:
      return IndexNaming::primary_key;
    case ir::ConstraintKind::unique:
      return IndexNaming::unique;
    case ir::ConstraintKind::exclusion:
      return IndexNaming::exclusion;
    case ir::ConstraintKind::foreign_key:
    case ir::ConstraintKind::check:
    case ir::ConstraintKind::not_null:
      break;
  }
  return IndexNaming::plain;
}

std::string choose_index_name(const Catalog& catalog, const QualifiedName& table, const Index& index,
                              IndexNaming naming) {
  if (naming == IndexNaming::primary_key)
    return choose_relation_name(catalog, table.schema, table.name, "", "pkey", true);
  const std::string addition = name_addition(index_column_names(index.columns, index.including));
  switch (naming) {
    case IndexNaming::unique:
      return choose_relation_name(catalog, table.schema, table.name, addition, "key", true);
    case IndexNaming::exclusion:
      return choose_relation_name(catalog, table.schema, table.name, addition, "excl", true);
    case IndexNaming::plain:
    case IndexNaming::primary_key:
      break;
  }
  return choose_relation_name(catalog, table.schema, table.name, addition, "idx", false);
}

std::string choose_sequence_name(const Catalog& catalog, const QualifiedName& table, std::string_view column) {
  return choose_relation_name(catalog, table.schema, table.name, column, "seq", false);
}

std::string choose_index_name(const Catalog& catalog, const QualifiedName& table, const ir::op::CreateIndex& index) {
  return choose_index_name(catalog, catalog.resolve(table), index_from(index), IndexNaming::plain);
}

std::string choose_constraint_name(const Catalog& catalog, const Relation& table, const ir::Constraint& constraint) {
  const std::string& schema = table.name.schema;
  switch (constraint.kind) {
    case ir::ConstraintKind::primary_key:
      return choose_index_name(catalog, table.name, index_from(constraint), IndexNaming::primary_key);
    case ir::ConstraintKind::unique:
      return choose_index_name(catalog, table.name, index_from(constraint), IndexNaming::unique);
    case ir::ConstraintKind::exclusion:
      return choose_index_name(catalog, table.name, index_from(constraint), IndexNaming::exclusion);
    case ir::ConstraintKind::foreign_key: {
      std::vector<std::string> columns;
      for (const ir::Name& column : constraint.columns) columns.push_back(column.value);
      return choose_plain_constraint_name(catalog, schema, table.name.name, name_addition(columns), "fkey");
    }
    case ir::ConstraintKind::check: {
      // One column gives its name; none or several give none (AddRelationNewConstraints() in catalog/heap.c).
      const std::vector<std::string> columns =
          constraint.expr ? columns_of(*constraint.expr) : std::vector<std::string>{};
      return choose_plain_constraint_name(catalog, schema, table.name.name, columns.size() == 1 ? columns.front() : "",
                                          "check");
    }
    case ir::ConstraintKind::not_null:
      return choose_plain_constraint_name(catalog, schema, table.name.name,
                                          constraint.columns.empty() ? "" : constraint.columns.front().value,
                                          "not_null");
  }
  return {};
}

}  // namespace whimbrel::catalog
