// create_table, drop_table, rename_table and comments on tables.
#include <fmt/format.h>

#include <algorithm>

#include "columns.h"
#include "directives.h"
#include "expressions.h"

namespace whimbrel::alembic {

namespace {

/// Columns, constraints and indexes of a table in the order in which they were given.
struct Items {
  std::vector<Column> columns;
  std::vector<ir::Constraint> constraints;
  std::vector<const Value*> indexes;
};

bool is_constraint(std::string_view name) {
  return name == "PrimaryKeyConstraint" || name == "UniqueConstraint" || name == "CheckConstraint" || name == "ForeignKeyConstraint" ||
         name == "ExcludeConstraint" || name == "Constraint";
}

Items read_items(Recorder& recorder, std::span<const Value> values) {
  Items items;
  for (const Value& value : values) {
    const std::string_view name = construct(value);
    if (name == "Index") {
      items.indexes.push_back(&value);
    } else if (is_constraint(name)) {
      if (auto constraint = read_constraint(recorder, value)) items.constraints.push_back(std::move(*constraint));
    } else if (name != "MetaData" && !value.is_none()) {
      std::string problem;
      if (auto column = read_column(recorder, value, problem)) {
        items.columns.push_back(std::move(*column));
      } else {
        recorder.leave_out(value.span, problem);
      }
    }
  }
  return items;
}

/// The primary key, declared or of the columns marked so, becomes the first constraint and its columns NOT NULL.
void settle_key(Items& items, Span table) {
  const auto is_key = [](const ir::Constraint& constraint) { return constraint.kind == ir::ConstraintKind::primary_key; };
  const auto declared = std::find_if(items.constraints.begin(), items.constraints.end(), is_key);
  if (declared != items.constraints.end()) {
    for (Column& column : items.columns) {
      const auto key = std::find_if(declared->columns.begin(), declared->columns.end(), [&](const ir::Name& name) { return name.value == column.def.name.value; });
      if (key == declared->columns.end()) continue;
      column.primary_key = true;
      if (!column.nullable_given) column.def.not_null = key->span;
    }
    std::rotate(items.constraints.begin(), declared, declared + 1);
  }
  ir::Constraint key = make_constraint(ir::ConstraintKind::primary_key, table);
  for (const Column& column : items.columns) {
    if (!column.primary_key) continue;
    key.columns.push_back(column.def.name);
    if (key.columns.size() == 1) key.span = column.def.span;
  }
  if (declared == items.constraints.end() && !key.columns.empty()) {
    items.constraints.insert(items.constraints.begin(), key);
  } else if (declared != items.constraints.end() && items.constraints.front().columns.empty()) {
    items.constraints.front().columns = key.columns;
  }
}

void settle_columns(Items& items) {
  const auto keys = std::count_if(items.columns.begin(), items.columns.end(), [](const Column& column) { return column.primary_key; });
  for (Column& column : items.columns) {
    bool referencing = !column.foreign_keys.empty();
    for (const ir::Constraint& constraint : items.constraints) {
      if (constraint.kind != ir::ConstraintKind::foreign_key) continue;
      referencing = referencing || std::any_of(constraint.columns.begin(), constraint.columns.end(),
                                               [&](const ir::Name& name) { return name.value == column.def.name.value; });
    }
    settle_column(column, keys == 1, referencing);
  }
}

/// prefixes, postgresql_partition_by, postgresql_with, postgresql_inherits, postgresql_tablespace.
void read_table_options(Recorder& recorder, Arguments& arguments, ir::op::CreateTable& table) {
  if (arguments.get("prefixes") != nullptr) {
    for (const ir::Name& prefix : arguments.names("prefixes")) {
      if (prefix.value == "UNLOGGED") table.persistence = ir::Persistence::unlogged;
      if (prefix.value == "TEMPORARY" || prefix.value == "TEMP") table.persistence = ir::Persistence::temporary;
    }
  }
  if (const Value* by = arguments.get("postgresql_partition_by"); by != nullptr && !by->is_none()) {
    const auto text = sql_text_or_raw(*by);
    const auto operation = text ? operation_around("CREATE TABLE t (c int) PARTITION BY ", *text, "", recorder.file()) : std::nullopt;
    const auto* partitioned = operation ? std::get_if<ir::op::CreateTable>(&*operation) : nullptr;
    if (partitioned != nullptr) {
      table.partition_by = partitioned->partition_by;
    } else {
      arguments.fail("postgresql_partition_by cannot be told");
    }
  }
  for (const ir::Name& parent : arguments.names("postgresql_inherits")) table.inherits.push_back({{"", parent.value}, parent.span});
  table.options = read_options(arguments, "postgresql_with");
  table.tablespace = arguments.name("postgresql_tablespace").value;
  table.access_method = arguments.name("postgresql_using").value;
}

void create_enums(Recorder& recorder, const Items& items, Span span) {
  std::set<std::string> created;
  for (const Column& column : items.columns) {
    if (!column.enum_type || !column.enum_type->create_type) continue;
    const std::string name = ir::to_sql(column.enum_type->name.value);
    if (created.insert(name).second && recorder.makes_enum(name)) create_enum(recorder, *column.enum_type, span);
  }
}

}  // namespace

void create_table_of(Recorder& recorder, Arguments& arguments, const ir::RelationName& table, std::span<const Value> values) {
  Items items = read_items(recorder, values);
  settle_key(items, table.span);
  settle_columns(items);
  ir::op::CreateTable create;
  create.table = table;
  create.if_not_exists = arguments.is_true("if_not_exists");
  read_table_options(recorder, arguments, create);
  if (!arguments.problem().empty()) return;

  create_enums(recorder, items, arguments.whole());
  create.constraints = items.constraints;
  for (Column& column : items.columns) {
    create.columns.push_back(column.def);
    if (column.unique && !column.index) {
      create.constraints.push_back(make_constraint(ir::ConstraintKind::unique, column.unique_span, {column.def.name}));
    }
    create.constraints.insert(create.constraints.end(), column.foreign_keys.begin(), column.foreign_keys.end());
  }
  recorder.emit("CreateTable", arguments.whole(), std::move(create));
  recorder.flush_left_out(table);

  for (const Value* index : items.indexes) create_index_of(recorder, *index->as<python::Call>(), index->span, table);
  for (const Column& column : items.columns) {
    if (column.index) create_column_index(recorder, table, column.def.name, column.unique, column.index_span);
  }
  if (const ir::Name comment = arguments.name("comment"); !comment.value.empty()) {
    comment_on(recorder, comment.span, ir::ObjectKind::table, table, {}, comment.value);
  }
  for (const Column& column : items.columns) {
    if (column.comment) comment_on(recorder, column.comment->span, ir::ObjectKind::column, table, column.def.name, column.comment->value);
  }
}

void create_table(Directive& directive) {
  const ir::RelationName table = directive.relation("table_name");
  if (!table.value.empty()) create_table_of(directive.recorder, directive.arguments, table, directive.arguments.rest());
}

void drop_table(Directive& directive) {
  ir::op::DropTable drop{.table = directive.relation("table_name"), .if_exists = directive.arguments.is_true("if_exists")};
  if (directive.arguments.problem().empty()) directive.recorder.emit("DropTable", directive.span(), std::move(drop));
}

void rename_table(Directive& directive) {
  ir::op::RenameTable rename{.table = directive.relation("old_table_name"), .new_name = directive.arguments.required("new_table_name")};
  if (directive.arguments.problem().empty()) directive.recorder.emit("Rename", directive.span(), std::move(rename));
}

void create_table_comment(Directive& directive) {
  const ir::RelationName table = directive.relation("table_name");
  const ir::Name comment = directive.arguments.name("comment");
  if (!directive.arguments.problem().empty()) return;
  const Value* given = directive.arguments.get("comment");
  const bool none = given == nullptr || given->is_none();
  comment_on(directive.recorder, directive.span(), ir::ObjectKind::table, table, {}, none ? std::nullopt : std::optional(comment.value));
}

void drop_table_comment(Directive& directive) {
  const ir::RelationName table = directive.relation("table_name");
  if (directive.arguments.problem().empty()) comment_on(directive.recorder, directive.span(), ir::ObjectKind::table, table, {}, std::nullopt);
}

}  // namespace whimbrel::alembic
