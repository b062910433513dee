// The catalog as DDL that a server takes: types, sequences, functions, tables in the order of their making, what points back, views.
#include "schema_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "definitions.h"
#include "whimbrel/base/text.h"
#include "whimbrel/facts/effects.h"

namespace whimbrel::report {
namespace {

using catalog::Column;
using catalog::Relation;
using facts::display_name;

std::string literal(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result.append(c == '\'' ? 2 : 1, c);
  return result + "'";
}

bool earlier(const catalog::Origin& left, const catalog::Origin& right) {
  return std::tie(left.part, left.span.file, left.span.begin) < std::tie(right.part, right.span.file, right.span.begin);
}

/// In the order in which they were made; of one statement, by name.
template <class Map>
auto in_order(const Map& objects) {
  std::vector<typename Map::const_iterator> order;
  for (auto at = objects.begin(); at != objects.end(); ++at) order.push_back(at);
  std::ranges::stable_sort(order, earlier, [](const auto& at) -> const catalog::Origin& { return at->second->origin; });
  return order;
}

/// Every line a comment.
std::string comment(std::string_view text) {
  std::string result = "-- ";
  for (const char c : text) result += c == '\n' ? std::string("\n-- ") : std::string(1, c);
  return result + "\n";
}

class SchemaText {
 public:
  SchemaText(std::ostream& out, const catalog::Catalog& catalog, const Sources& sources) : out_(out), catalog_(catalog), sources_(sources) {}

  void write() {
    for (const std::string& schema : catalog_.schemas()) {
      if (schema != "public" && schema != "pg_temp") out_ << "CREATE SCHEMA " << ir::quote_identifier(schema) << ";\n";
    }
    for (const std::string& extension : catalog_.extensions()) {
      if (extension != "plpgsql") out_ << "CREATE EXTENSION IF NOT EXISTS " << ir::quote_identifier(extension) << extension_schema(extension) << ";\n";
    }
    if (!catalog_.functions().empty()) out_ << "SET check_function_bodies = off;\n";
    for (const auto& at : in_order(catalog_.types())) write_type(*at->second);
    for (const auto& at : in_order(catalog_.functions())) {
      if (!late(*at->second)) write_function(*at->second);
    }
    for (const auto& at : in_order(catalog_.sequences())) write_sequence(*at->second);
    const auto relations = in_order(catalog_.relations());
    for (const auto& at : relations) {
      if (!is_view(*at->second)) write_with_parents(*at->second);
    }
    for (const auto& at : relations) write_later_constraints(*at->second);
    for (const auto& at : in_order(catalog_.sequences())) write_owner(*at->second);
    for (const auto& at : in_order(catalog_.functions())) {
      if (late(*at->second)) write_function(*at->second);
    }
    for (const auto& at : relations) {
      if (is_view(*at->second)) write_view(*at->second);
    }
    for (const auto& at : relations) write_attached(*at->second);
  }

 private:
  static bool is_view(const Relation& relation) {
    return relation.kind == catalog::RelationKind::view || relation.kind == catalog::RelationKind::materialized_view;
  }

  std::string extension_schema(const std::string& extension) const {
    for (const auto& [name, type] : catalog_.types()) {
      if (type->extension == extension && name.schema != catalog_.default_schema()) return " SCHEMA " + ir::quote_identifier(name.schema);
    }
    return "";
  }

  /// The statement or query as written; empty where it does not stand in the file as it is (a Python string with escapes).
  std::string written(Span span, bool whole_statement) const {
    if (span.empty()) return "";
    std::string_view text = sources_.text(span);
    while (!text.empty() && (text.back() == ';' || text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
    if (sources_[span.file].path.ends_with(".py") && text.find_first_of("\\{") != std::string_view::npos) return "";
    if (whole_statement && !starts_with_ignoring_case(text, "create")) return "";
    return std::string(text);
  }

  void write_type(const catalog::Type& type) {
    if (!type.extension.empty()) return;
    const std::string name = display_name(type.name);
    if (type.domain) {
      out_ << "\nCREATE DOMAIN " << name << " AS " << ir::to_sql(type.base);
      if (type.default_value) out_ << " DEFAULT " << ir::to_sql(*type.default_value);
      if (type.not_null) out_ << " NOT NULL";
      std::string later;
      for (const catalog::Constraint& constraint : type.constraints) {
        const std::string text =
            "CONSTRAINT " + ir::quote_identifier(constraint.name) + " CHECK (" + (constraint.expr ? ir::to_sql(*constraint.expr) : "?") + ")";
        if (constraint.validated) {
          out_ << "\n  " << text;
        } else {
          later += "ALTER DOMAIN " + name + " ADD " + text + " NOT VALID;\n";
        }
      }
      out_ << ";\n" << later;
      return;
    }
    std::vector<std::string> parts;
    switch (type.form) {
      case ir::op::TypeForm::enum_:
        for (const std::string& label : type.labels) parts.push_back(literal(label));
        out_ << "\nCREATE TYPE " << name << " AS ENUM (" << fmt::format("{}", fmt::join(parts, ", ")) << ");\n";
        return;
      case ir::op::TypeForm::composite:
        for (const Column& attribute : type.attributes) parts.push_back(ir::quote_identifier(attribute.name) + " " + ir::to_sql(attribute.type));
        out_ << "\nCREATE TYPE " << name << " AS (" << fmt::format("{}", fmt::join(parts, ", ")) << ");\n";
        return;
      case ir::op::TypeForm::range:
      case ir::op::TypeForm::base:
      case ir::op::TypeForm::shell: {
        const std::string text = written(type.origin.span, true);
        out_ << "\n" << (text.empty() ? comment("type " + name) : text + ";\n");
        return;
      }
    }
  }

  /// Standard bodies depend on tables, and so do signatures with their row types.
  bool late(const catalog::Function& function) const {
    if (!function.reads.empty()) return true;
    const auto of_table = [&](const ir::TypeName& type) {
      return type.known() && catalog_.find_type({type.schema, type.name}) == nullptr && catalog_.find_relation({type.schema, type.name}) != nullptr;
    };
    return of_table(function.returns) || std::ranges::any_of(function.arguments, of_table);
  }

  void write_function(const catalog::Function& function) {
    if (!function.extension.empty()) return;
    std::vector<std::string> arguments;
    for (const ir::TypeName& type : function.arguments) arguments.push_back(ir::to_sql(type));
    std::string text = written(function.origin.span, true);
    if (text.find(function.name.name) == std::string::npos) text.clear();  // it has another name since
    const std::string head = fmt::format("{} {}({})", function.procedure ? "procedure" : "function", display_name(function.name), fmt::join(arguments, ", "));
    out_ << "\n" << (text.empty() ? comment(head + ", whose text is not at hand") : text + ";\n");
  }

  /// `serial` says that there is one.
  bool is_serial(const Relation& table, const Column& column) const {
    if (column.owned_sequence.empty() || column.identity != ir::Identity::none || !column.default_value || column.not_null != Tri::yes) return false;
    if (column.owned_sequence != table.name.schema + "." + table.name.name + "_" + column.name + "_seq") return false;
    const std::string text = ir::to_sql(*column.default_value);
    return text.starts_with("nextval(") && text.find(table.name.name + "_" + column.name + "_seq") != std::string::npos && !serial_word(column).empty();
  }

  static std::string_view serial_word(const Column& column) {
    const std::string type = ir::to_sql(column.type);
    return type == "integer" ? "serial" : type == "bigint" ? "bigserial" : type == "smallint" ? "smallserial" : "";
  }

  const Column* owner(const catalog::Sequence& sequence) const {
    if (sequence.owner_table.empty()) return nullptr;
    const Relation* table = catalog_.find_relation(sequence.owner_table);
    return table != nullptr ? table->find_column(sequence.owner_column) : nullptr;
  }

  /// Whether the column's own definition makes it.
  bool made_by_column(const catalog::Sequence& sequence) const {
    const Column* column = owner(sequence);
    return column != nullptr && (column->identity != ir::Identity::none || is_serial(*catalog_.find_relation(sequence.owner_table), *column));
  }

  void write_sequence(const catalog::Sequence& sequence) {
    if (made_by_column(sequence) || sequence.name.schema == "pg_temp") return;
    out_ << "\nCREATE SEQUENCE " << display_name(sequence.name);
    if (sequence.type.known() && ir::to_sql(sequence.type) != "bigint") out_ << " AS " << ir::to_sql(sequence.type);
    out_ << ";\n";
  }

  void write_owner(const catalog::Sequence& sequence) {
    if (made_by_column(sequence) || owner(sequence) == nullptr) return;
    out_ << "ALTER SEQUENCE " << display_name(sequence.name) << " OWNED BY " << display_name(sequence.owner_table) << "."
         << ir::quote_identifier(sequence.owner_column) << ";\n";
  }

  std::string column_text(const Relation& table, const Column& column) const {
    if (!column.type.known()) return "";
    if (is_serial(table, column)) return fmt::format("{} {} NOT NULL", ir::quote_identifier(column.name), serial_word(column));
    std::string text = ir::quote_identifier(column.name) + " " + ir::to_sql(column.type);
    if (!column.collation.empty()) text += " COLLATE " + ir::quote_identifier(column.collation);
    if (column.identity != ir::Identity::none) {
      text += column.identity == ir::Identity::always ? " GENERATED ALWAYS AS IDENTITY" : " GENERATED BY DEFAULT AS IDENTITY";
      const ir::QualifiedName usual{table.name.schema, table.name.name + "_" + column.name + "_seq"};
      for (const auto& [name, sequence] : catalog_.sequences()) {
        if (sequence->owner_table == table.name && sequence->owner_column == column.name && name != usual)
          text += " (SEQUENCE NAME " + display_name(name) + ")";
      }
    }
    if (column.generated != ir::Generated::none)
      text += fmt::format(" GENERATED ALWAYS AS ({}) {}", column.generation ? ir::to_sql(*column.generation) : "?",
                          column.generated == ir::Generated::stored ? "STORED" : "VIRTUAL");
    if (column.default_value && column.generated == ir::Generated::none) text += " DEFAULT " + ir::to_sql(*column.default_value);
    if (column.not_null == Tri::yes) text += " NOT NULL";
    return text;
  }

  /// Whether it can stand in CREATE TABLE: it is valid, its own, and what it points at is there.
  bool stands_inside(const Relation& table, const catalog::Constraint& constraint) const {
    if (constraint.inherited || !constraint.validated || constraint.kind == ir::ConstraintKind::not_null) return false;
    return constraint.kind != ir::ConstraintKind::foreign_key || constraint.references == table.name || done_.contains(constraint.references);
  }

  void write_with_parents(const Relation& table) {
    // Parents that were made later (ATTACH, INHERIT) still come first.
    std::vector<const Relation*> chain{&table};
    for (std::size_t i = 0; i < chain.size(); ++i) {
      for (const ir::QualifiedName& parent : chain[i]->parents) {
        const Relation* above = catalog_.find_relation(parent);
        if (above != nullptr && !done_.contains(parent) && std::ranges::find(chain, above) == chain.end()) chain.push_back(above);
      }
    }
    for (auto at = chain.rbegin(); at != chain.rend(); ++at) {
      if (!done_.contains((*at)->name)) write_table(**at);
    }
  }

  /// Whether PARTITION OF gives the same columns; else it is made alone and attached.
  bool like_parent(const Relation& table) const {
    const Relation* parent = table.parents.empty() ? nullptr : catalog_.find_relation(table.parents.front());
    return parent != nullptr && std::ranges::equal(table.columns, parent->columns, [](const Column& left, const Column& right) {
             return left.name == right.name && left.not_null == right.not_null && !left.default_value == !right.default_value &&
                    (!left.default_value || ir::same_meaning(*left.default_value, *right.default_value));
           });
  }

  void write_table(const Relation& table) {
    done_.insert(table.name);
    const std::string name = display_name(table.name);
    if (table.name.schema == "pg_temp") return;
    out_ << "\n";
    if (table.presumed) {
      out_ << comment(name + " is made by no migration here: what is known of it");
    } else if (!table.exact) {
      out_ << comment(name + ": a statement that could not be read may have changed it");
    }
    if (table.kind == catalog::RelationKind::foreign_table) {
      out_ << comment("foreign table " + name);
      return;
    }
    const bool partition = table.is_partition && like_parent(table);
    out_ << "CREATE " << (table.persistence == ir::Persistence::unlogged ? "UNLOGGED " : "") << "TABLE " << name;
    if (partition) out_ << " PARTITION OF " << display_name(table.parents.front());
    std::vector<std::string> items;
    std::vector<std::string> unknown;
    for (const Column& column : table.columns) {
      if (partition || (!table.is_partition && !column.local)) continue;
      std::string text = column_text(table, column);
      (text.empty() ? unknown : items).push_back(text.empty() ? ir::quote_identifier(column.name) : std::move(text));
    }
    for (const catalog::Constraint& constraint : table.constraints) {
      const bool keyed_by_parent = table.is_partition && !constraint.local;
      if (keyed_by_parent || !stands_inside(table, constraint)) continue;
      inside_.emplace(table.name, constraint.name);
      items.push_back("CONSTRAINT " + ir::quote_identifier(constraint.name) + " " + constraint_definition(catalog_, table, constraint));
    }
    if (!items.empty() || !partition) out_ << " (\n  " << fmt::format("{}", fmt::join(items, ",\n  ")) << "\n)";
    if (partition) out_ << " " << partition_bound(table.bound);
    if (!table.is_partition && !table.parents.empty()) {
      std::vector<std::string> parents;
      for (const ir::QualifiedName& parent : table.parents) parents.push_back(display_name(parent));
      out_ << " INHERITS (" << fmt::format("{}", fmt::join(parents, ", ")) << ")";
    }
    if (const std::string key = partition_key(table.partition_by); !key.empty()) out_ << " PARTITION BY " << key;
    if (!table.access_method.empty()) out_ << " USING " << ir::quote_identifier(table.access_method);
    out_ << with_options(table.options);
    if (!table.tablespace.empty()) out_ << " TABLESPACE " << ir::quote_identifier(table.tablespace);
    out_ << ";\n";
    for (const std::string& column : unknown) out_ << comment("column " + column + ": its type is not known");
    if (table.is_partition && !partition)
      out_ << "ALTER TABLE " << display_name(table.parents.front()) << " ATTACH PARTITION " << name << " " << partition_bound(table.bound) << ";\n";
    write_indexes(table);
    if (table.row_security) out_ << "ALTER TABLE " << name << " ENABLE ROW LEVEL SECURITY;\n";
    if (table.force_row_security) out_ << "ALTER TABLE " << name << " FORCE ROW LEVEL SECURITY;\n";
  }

  void write_indexes(const Relation& table) {
    for (const ir::QualifiedName& name : table.indexes) {
      const auto found = catalog_.indexes().find(name);
      if (found == catalog_.indexes().end() || !found->second->constraint.empty() || !found->second->parent.empty()) continue;
      if (found->second->valid == Tri::no && !found->second->partitioned) {
        out_ << comment("not valid: " + index_definition(*found->second));
      } else {
        out_ << index_definition(*found->second) << ";\n";
      }
    }
  }

  void write_later_constraints(const Relation& table) {
    for (const catalog::Constraint& constraint : table.constraints) {
      if (constraint.inherited || constraint.kind == ir::ConstraintKind::not_null || inside_.contains({table.name, constraint.name})) continue;
      out_ << "ALTER TABLE " << display_name(table.name) << " ADD CONSTRAINT " << ir::quote_identifier(constraint.name) << " "
           << constraint_definition(catalog_, table, constraint) << ";\n";
    }
  }

  void write_view(const Relation& view) {
    const std::string query = written(view.definition, false);
    std::vector<std::string> columns;
    for (const Column& column : view.columns) columns.push_back(ir::quote_identifier(column.name));
    const bool materialized = view.kind == catalog::RelationKind::materialized_view;
    const std::string head = fmt::format("{}VIEW {}{}", materialized ? "MATERIALIZED " : "", display_name(view.name),
                                         columns.empty() ? "" : fmt::format(" ({})", fmt::join(columns, ", ")));
    out_ << "\n";
    if (query.empty()) {
      out_ << comment(head + ", whose query is not at hand");
      return;
    }
    out_ << "CREATE " << head << with_options(view.options) << " AS\n" << query << ";\n";
    write_indexes(view);
  }

  void write_attached(const Relation& relation) {
    for (const catalog::Attached& attached : relation.attached) {
      const auto given_by_parent = [&](const ir::QualifiedName& name) {
        const Relation* parent = catalog_.find_relation(name);
        return parent != nullptr && relation.is_partition &&
               std::ranges::any_of(parent->attached, [&](const catalog::Attached& other) { return other.name == attached.name && other.for_each_row; });
      };
      if (std::ranges::any_of(relation.parents, given_by_parent)) continue;
      const std::string text = written(attached.origin.span, true);
      out_ << (text.empty() ? comment(attached.name + " on " + display_name(relation.name)) : text + ";\n");
    }
  }

  std::ostream& out_;
  const catalog::Catalog& catalog_;
  const Sources& sources_;
  std::set<ir::QualifiedName> done_;
  std::set<std::pair<ir::QualifiedName, std::string>> inside_;   ///< constraints that stand in their CREATE TABLE
};

}  // namespace

void write_schema_text(std::ostream& out, const catalog::Catalog& catalog, const Sources& sources) { SchemaText(out, catalog, sources).write(); }

}  // namespace whimbrel::report
