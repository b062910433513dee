// Printing the operations that directives make.
#include "render.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "expressions.h"

namespace whimbrel::alembic {

namespace {

using ir::to_sql;

std::string if_word(bool condition, std::string_view word) { return condition ? fmt::format(" {}", word) : std::string(); }

std::string name_of(const ir::Name& name) { return ir::quote_identifier(name.value); }

/// Whether everything in the tree can be printed.
bool printable_expr(const ir::ExprPtr& expr) {
  bool known = expr != nullptr;
  if (expr) {
    ir::for_each_node(*expr, [&](const ir::Expr& node) { known = known && node.kind != ir::ExprKind::opaque && node.kind != ir::ExprKind::subquery; });
  }
  return known;
}

std::string_view action_sql(ir::ReferentialAction action) {
  switch (action) {
    case ir::ReferentialAction::no_action: return "";
    case ir::ReferentialAction::restrict: return "RESTRICT";
    case ir::ReferentialAction::cascade: return "CASCADE";
    case ir::ReferentialAction::set_null: return "SET NULL";
    case ir::ReferentialAction::set_default: return "SET DEFAULT";
  }
  return "";
}

std::string options_sql(std::string_view word, const std::vector<ir::Option>& options) {
  std::string list;
  for (const ir::Option& option : options) list += fmt::format("{}{} = {}", list.empty() ? "" : ", ", option.name, option.value);
  return list.empty() ? list : fmt::format(" {} ({})", word, list);
}

/// Collects what cannot be printed: then there is no text at all.
class Printer {
 public:
  [[nodiscard]] bool complete() const { return complete_; }

  std::string expr(const ir::ExprPtr& expr) {
    if (!printable_expr(expr)) complete_ = false;
    return complete_ ? to_sql(*expr) : std::string();
  }

  std::string type(const ir::ColumnDef& column) {
    switch (column.serial) {
      case ir::Serial::none: break;
      case ir::Serial::small: return "SMALLSERIAL";
      case ir::Serial::normal: return "SERIAL";
      case ir::Serial::big: return "BIGSERIAL";
    }
    return type(column.type.value);
  }

  std::string type(const ir::TypeName& type) {
    if (!type.known()) complete_ = false;
    return to_sql(type);
  }

  std::string elements(const std::vector<ir::IndexElement>& elements) {
    std::string list;
    for (const ir::IndexElement& element : elements) {
      if (!list.empty()) list += ", ";
      list += element.column.empty() ? fmt::format("({})", expr(element.expr)) : ir::quote_identifier(element.column);
      if (!element.collation.empty()) list += fmt::format(" COLLATE {}", ir::quote_identifier(element.collation));
      if (!element.opclass.empty()) list += " " + element.opclass;
      list += if_word(element.descending, "DESC");
      if (element.nulls_first != Tri::unknown) list += element.nulls_first == Tri::yes ? " NULLS FIRST" : " NULLS LAST";
    }
    return list;
  }

  std::string constraint(const ir::Constraint& constraint) {
    std::string text = constraint.name.value.empty() ? "" : fmt::format("CONSTRAINT {} ", name_of(constraint.name));
    switch (constraint.kind) {
      case ir::ConstraintKind::primary_key: text += fmt::format("PRIMARY KEY ({})", to_sql(constraint.columns)); break;
      case ir::ConstraintKind::unique:
        text += fmt::format("UNIQUE{} ({})", constraint.nulls_not_distinct ? " NULLS NOT DISTINCT" : "", to_sql(constraint.columns));
        break;
      case ir::ConstraintKind::check: text += fmt::format("CHECK ({})", expr(constraint.expr)); break;
      case ir::ConstraintKind::foreign_key: text += fmt::format("FOREIGN KEY({}) {}", to_sql(constraint.columns), references(constraint)); break;
      case ir::ConstraintKind::exclusion: text += exclusion(constraint); break;
      case ir::ConstraintKind::not_null: complete_ = false; break;
    }
    if (!constraint.including.empty()) text += fmt::format(" INCLUDE ({})", to_sql(constraint.including));
    return text + deferral(constraint) + if_word(constraint.not_valid, "NOT VALID");
  }

  std::string column(const ir::ColumnDef& column) {
    std::string text = fmt::format("{} {}", name_of(column.name), type(column));
    if (!column.collation.empty()) text += fmt::format(" COLLATE {}", ir::quote_identifier(column.collation));
    if (column.default_value) text += fmt::format(" DEFAULT {}", default_sql(column.default_value));
    if (column.identity != ir::Identity::none) {
      text += fmt::format(" GENERATED {} AS IDENTITY", column.identity == ir::Identity::always ? "ALWAYS" : "BY DEFAULT");
    }
    if (column.generated != ir::Generated::none) {
      text += fmt::format(" GENERATED ALWAYS AS ({}){}", expr(column.generation), column.generated == ir::Generated::stored ? " STORED" : "");
    }
    text += if_word(column.not_null.has_value(), "NOT NULL") + if_word(column.explicit_null, "NULL");
    for (const ir::Constraint& constraint : column.constraints) text += " " + inline_constraint(constraint);
    return text;
  }

  std::string default_sql(const ir::ExprPtr& value) {
    const std::string text = expr(value);
    const bool operation = value && (value->kind == ir::ExprKind::op || value->kind == ir::ExprKind::logic_and || value->kind == ir::ExprKind::logic_or);
    return operation ? fmt::format("({})", text) : text;
  }

 private:
  std::string references(const ir::Constraint& key) {
    std::string text = fmt::format("REFERENCES {}", to_sql(key.references.value));
    if (!key.referenced_columns.empty()) text += fmt::format(" ({})", to_sql(key.referenced_columns));
    if (key.on_delete != ir::ReferentialAction::no_action) text += fmt::format(" ON DELETE {}", action_sql(key.on_delete));
    if (key.on_update != ir::ReferentialAction::no_action) text += fmt::format(" ON UPDATE {}", action_sql(key.on_update));
    return text;
  }

  /// An element that is an expression is not kept: then there is no text.
  std::string exclusion(const ir::Constraint& constraint) {
    std::string elements;
    for (std::size_t i = 0; i < constraint.columns.size(); ++i) {
      if (constraint.columns[i].value.empty() || i >= constraint.operators.size()) complete_ = false;
      if (!complete_) return {};
      const std::string opclass = i < constraint.opclasses.size() && !constraint.opclasses[i].empty() ? " " + constraint.opclasses[i] : "";
      elements += fmt::format("{}{}{} WITH {}", elements.empty() ? "" : ", ", name_of(constraint.columns[i]), opclass, constraint.operators[i]);
    }
    std::string text = fmt::format("EXCLUDE USING {} ({})", constraint.method, elements);
    if (constraint.expr) text += fmt::format(" WHERE ({})", expr(constraint.expr));
    return text;
  }

  static std::string deferral(const ir::Constraint& constraint) {
    return if_word(constraint.deferrable, "DEFERRABLE") + if_word(constraint.initially_deferred, "INITIALLY DEFERRED");
  }

  std::string inline_constraint(const ir::Constraint& inner) {
    const std::string name = inner.name.value.empty() ? "" : fmt::format("CONSTRAINT {} ", name_of(inner.name));
    if (inner.kind == ir::ConstraintKind::foreign_key) return name + references(inner) + deferral(inner);
    if (inner.kind == ir::ConstraintKind::primary_key) return name + "PRIMARY KEY";
    return constraint(inner);
  }

  bool complete_ = true;
};

std::string alter(const ir::RelationName& table, const std::string& action) { return fmt::format("ALTER TABLE {} {}", to_sql(table.value), action); }

std::string alter_column(const ir::RelationName& table, const ir::Name& column, const std::string& action) {
  return alter(table, fmt::format("ALTER COLUMN {} {}", name_of(column), action));
}

std::string create_table(Printer& printer, const ir::op::CreateTable& table) {
  std::string items;
  const auto add = [&](const std::string& item) { items += (items.empty() ? "" : ", ") + item; };
  for (const ir::ColumnDef& column : table.columns) add(printer.column(column));
  for (const ir::Constraint& constraint : table.constraints) add(printer.constraint(constraint));
  std::string_view persistence = "";
  switch (table.persistence) {
    case ir::Persistence::permanent: break;
    case ir::Persistence::unlogged: persistence = "UNLOGGED "; break;
    case ir::Persistence::temporary: persistence = "TEMPORARY "; break;
  }
  std::string text = fmt::format("CREATE {}TABLE{} {} ({})", persistence, if_word(table.if_not_exists, "IF NOT EXISTS"), to_sql(table.table.value), items);
  for (const ir::RelationName& parent : table.inherits) text += fmt::format(" INHERITS ({})", to_sql(parent.value));
  switch (table.partition_by.strategy) {
    case ir::PartitionStrategy::none: break;
    case ir::PartitionStrategy::range: text += " PARTITION BY RANGE ("; break;
    case ir::PartitionStrategy::list: text += " PARTITION BY LIST ("; break;
    case ir::PartitionStrategy::hash: text += " PARTITION BY HASH ("; break;
  }
  if (table.partition_by.strategy != ir::PartitionStrategy::none) text += printer.elements(table.partition_by.keys) + ")";
  if (!table.access_method.empty()) text += fmt::format(" USING {}", ir::quote_identifier(table.access_method));
  text += options_sql("WITH", table.options);
  if (!table.tablespace.empty()) text += fmt::format(" TABLESPACE {}", ir::quote_identifier(table.tablespace));
  return text;
}

std::string create_index(Printer& printer, const ir::op::CreateIndex& index) {
  std::string text = fmt::format("CREATE {}INDEX{}{}{} ON {}", index.unique ? "UNIQUE " : "", if_word(index.concurrently, "CONCURRENTLY"),
                                 if_word(index.if_not_exists, "IF NOT EXISTS"), index.name.value.empty() ? "" : " " + name_of(index.name),
                                 to_sql(index.table.value));
  if (index.method != "btree") text += fmt::format(" USING {}", index.method);
  text += fmt::format(" ({})", printer.elements(index.elements));
  if (!index.including.empty()) text += fmt::format(" INCLUDE ({})", to_sql(index.including));
  text += if_word(index.nulls_not_distinct, "NULLS NOT DISTINCT") + options_sql("WITH", index.options);
  if (!index.tablespace.empty()) text += fmt::format(" TABLESPACE {}", ir::quote_identifier(index.tablespace));
  if (index.predicate) text += fmt::format(" WHERE {}", printer.expr(index.predicate));
  return text;
}

std::string comment(const ir::op::Comment& comment) {
  const std::string text = comment.text ? quote_string(*comment.text) : "NULL";
  if (comment.kind == ir::ObjectKind::column) {
    return fmt::format("COMMENT ON COLUMN {}.{} IS {}", to_sql(comment.object.value), name_of(comment.sub), text);
  }
  return fmt::format("COMMENT ON TABLE {} IS {}", to_sql(comment.object.value), text);
}

std::string create_type(const ir::op::CreateType& type) {
  std::string labels;
  for (const ir::Name& label : type.labels) labels += (labels.empty() ? "" : ", ") + quote_string(label.value);
  return fmt::format("CREATE TYPE {} AS ENUM ({})", to_sql(type.type.value), labels);
}

std::string add_column(Printer& printer, const ir::op::AddColumn& add) {
  return alter(add.table, fmt::format("ADD COLUMN{} {}", if_word(add.if_not_exists, "IF NOT EXISTS"), printer.column(add.column)));
}

std::string alter_type(Printer& printer, const ir::op::AlterColumnType& type) {
  std::string action = fmt::format("TYPE {}", printer.type(type.type.value));
  if (!type.collation.empty()) action += fmt::format(" COLLATE {}", ir::quote_identifier(type.collation));
  if (type.using_expr) action += fmt::format(" USING {}", printer.expr(type.using_expr));
  return alter_column(type.table, type.column, action);
}

std::string print(Printer& printer, const ir::Operation& operation) {
  namespace op = ir::op;
  return std::visit(
      ir::Overloaded{
          [&](const op::CreateTable& table) { return create_table(printer, table); },
          [&](const op::CreateIndex& index) { return create_index(printer, index); },
          [&](const op::AddColumn& add) { return add_column(printer, add); },
          [&](const op::AlterColumnType& type) { return alter_type(printer, type); },
          [](const op::DropTable& drop) { return fmt::format("DROP TABLE{} {}", if_word(drop.if_exists, "IF EXISTS"), to_sql(drop.table.value)); },
          [](const op::RenameTable& rename) { return alter(rename.table, fmt::format("RENAME TO {}", name_of(rename.new_name))); },
          [](const op::RenameColumn& rename) { return alter(rename.table, fmt::format("RENAME {} TO {}", name_of(rename.column), name_of(rename.new_name))); },
          [](const op::DropColumn& drop) { return alter(drop.table, fmt::format("DROP COLUMN{} {}", if_word(drop.if_exists, "IF EXISTS"), name_of(drop.column))); },
          [&](const op::SetDefault& set) { return alter_column(set.table, set.column, fmt::format("SET DEFAULT {}", printer.expr(set.value))); },
          [](const op::DropDefault& drop) { return alter_column(drop.table, drop.column, "DROP DEFAULT"); },
          [](const op::SetNotNull& set) { return alter_column(set.table, set.column, "SET NOT NULL"); },
          [](const op::DropNotNull& drop) { return alter_column(drop.table, drop.column, "DROP NOT NULL"); },
          [](const op::DropIdentity& drop) { return alter_column(drop.table, drop.column, "DROP IDENTITY"); },
          [](const op::AddIdentity& add) {
            return alter_column(add.table, add.column, fmt::format("ADD GENERATED {} AS IDENTITY", add.identity == ir::Identity::always ? "ALWAYS" : "BY DEFAULT"));
          },
          [&](const op::AddConstraint& add) { return alter(add.table, fmt::format("ADD {}", printer.constraint(add.constraint))); },
          [](const op::DropConstraint& drop) {
            return alter(drop.table, fmt::format("DROP CONSTRAINT{} {}", if_word(drop.if_exists, "IF EXISTS"), name_of(drop.constraint)));
          },
          [](const op::DropIndex& drop) {
            return fmt::format("DROP INDEX{}{} {}", if_word(drop.concurrently, "CONCURRENTLY"), if_word(drop.if_exists, "IF EXISTS"), to_sql(drop.index.value));
          },
          [](const op::Comment& text) { return comment(text); },
          [](const op::CreateType& type) { return create_type(type); },
          [](const op::DropType& drop) { return fmt::format("DROP TYPE{} {}", if_word(drop.if_exists, "IF EXISTS"), to_sql(drop.type.value)); },
          [](const op::CreateSequence& make) { return fmt::format("CREATE SEQUENCE{} {}", if_word(make.if_not_exists, "IF NOT EXISTS"), to_sql(make.sequence.value)); },
          [](const op::DropSequence& drop) { return fmt::format("DROP SEQUENCE{} {}", if_word(drop.if_exists, "IF EXISTS"), to_sql(drop.sequence.value)); },
          [](const op::CreateSchema& make) { return fmt::format("CREATE SCHEMA{} {}", if_word(make.if_not_exists, "IF NOT EXISTS"), name_of(make.schema)); },
          [](const op::DropSchema& drop) {
            return fmt::format("DROP SCHEMA{} {}{}", if_word(drop.if_exists, "IF EXISTS"), name_of(drop.schema), if_word(drop.cascade, "CASCADE"));
          },
          [](const auto&) { return std::string(); },
      },
      operation);
}

}  // namespace

std::string render(const ir::Statement& statement) {
  if (statement.steps.size() != 1) return {};
  Printer printer;
  const std::string text = print(printer, statement.steps[0].operation);
  return printer.complete() ? text : std::string();
}

}  // namespace whimbrel::alembic
