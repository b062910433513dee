// add_column, drop_column, alter_column.
#include <fmt/format.h>

#include "columns.h"
#include "directives.h"
#include "expressions.h"

namespace whimbrel::alembic {

// alembic/operations/toimpl.py, add_column: the column, then its constraints, its index and its comment as statements of their own.
// An enum type is not created.
void add_column(Directive& directive) {
  Arguments& arguments = directive.arguments;
  Recorder& recorder = directive.recorder;
  const ir::RelationName table = directive.relation("table_name");
  const Value* value = arguments.get("column");
  if (value == nullptr) return arguments.fail("the column is missing");
  std::string problem;
  std::optional<Column> column = read_column(recorder, *value, problem);
  if (!column) arguments.fail(problem);
  if (!arguments.problem().empty()) return;
  settle_column(*column, true, !column->foreign_keys.empty());

  ir::op::AddColumn add{.table = table, .column = column->def};
  add.if_not_exists = arguments.is_true("if_not_exists");
  if (arguments.is_true("inline_primary_key") && column->primary_key) {
    add.column.constraints.push_back(make_constraint(ir::ConstraintKind::primary_key, column->def.span, {column->def.name}));
  }
  const bool inline_reference = arguments.is_true("inline_references") && column->foreign_keys.size() == 1;
  if (inline_reference) add.column.constraints.push_back(column->foreign_keys.front());
  alter_table(recorder, directive.span(), column->def.span, std::move(add));
  recorder.flush_left_out(table);

  if (column->unique && !column->index) {
    ir::Constraint unique = make_constraint(ir::ConstraintKind::unique, column->unique_span, {column->def.name});
    alter_table(recorder, directive.span(), column->unique_span, ir::op::AddConstraint{.table = table, .constraint = std::move(unique)});
  }
  if (!inline_reference) {
    for (const ir::Constraint& key : column->foreign_keys) {
      alter_table(recorder, directive.span(), key.span, ir::op::AddConstraint{.table = table, .constraint = key});
    }
  }
  if (column->index) create_column_index(recorder, table, column->def.name, column->unique, column->index_span);
  if (column->comment) comment_on(recorder, directive.span(), ir::ObjectKind::column, table, column->def.name, column->comment->value);
}

void drop_column(Directive& directive) {
  ir::op::DropColumn drop{.table = directive.relation("table_name"), .column = directive.arguments.required("column_name")};
  drop.if_exists = directive.arguments.is_true("if_exists");
  if (!directive.arguments.problem().empty()) return;
  const Span at = drop.column.span;
  alter_table(directive.recorder, directive.span(), at, std::move(drop));
}

namespace {

void alter_type(Directive& directive, const ir::RelationName& table, const ir::Name& column) {
  const Value* value = directive.arguments.get("type_");
  if (value == nullptr || value->is_none()) return;
  TypeReading reading = read_type(directive.recorder.settled_type(*value));
  if (!reading.problem.empty()) directive.recorder.note(value->span, reading.problem);
  ir::op::AlterColumnType alter{.table = table, .column = column, .type = {reading.type, value->span}, .using_expr = {}, .collation = reading.collation};
  if (const Value* conversion = directive.arguments.get("postgresql_using"); conversion != nullptr && !conversion->is_none()) {
    alter.using_expr = expression(sql_text_or_raw(*conversion), directive.recorder.file());
    if (!alter.using_expr) directive.recorder.note(conversion->span, "the USING expression cannot be told");
  }
  alter_table(directive.recorder, directive.span(), directive.arguments.span("type_"), std::move(alter));
}

void alter_nullable(Directive& directive, const ir::RelationName& table, const ir::Name& column) {
  const auto nullable = directive.arguments.flag("nullable");
  if (!nullable) return;
  const Span at = directive.arguments.span("nullable");
  if (*nullable) {
    alter_table(directive.recorder, directive.span(), at, ir::op::DropNotNull{.table = table, .column = column});
  } else {
    alter_table(directive.recorder, directive.span(), at, ir::op::SetNotNull{.table = table, .column = column});
  }
}

bool is_identity(const Value* value) { return value != nullptr && construct(*value) == "Identity"; }

void alter_default(Directive& directive, const ir::RelationName& table, const ir::Name& column) {
  Arguments& arguments = directive.arguments;
  const Value* value = arguments.get("server_default");
  if (value == nullptr || value->boolean() == false) return;
  const Span at = arguments.span("server_default");
  const Value* existing = arguments.get("existing_server_default");
  if (value->is_none()) {
    if (is_identity(existing)) return alter_table(directive.recorder, directive.span(), at, ir::op::DropIdentity{.table = table, .column = column});
    return alter_table(directive.recorder, directive.span(), at, ir::op::DropDefault{.table = table, .column = column});
  }
  if (is_identity(value) && is_identity(existing)) {
    ir::op::AlterTable alter{.table = table, .action = ir::op::TableAction::set_identity, .detail = column, .options = {}};
    return alter_table(directive.recorder, directive.span(), at, std::move(alter));
  }
  if (is_identity(value)) {
    const auto* call = value->as<python::Call>();
    constexpr std::string_view kParameters[] = {"always"};
    static const python::Call no_arguments;
    Arguments identity(call != nullptr ? *call : no_arguments, value->span, kParameters);
    const bool always = identity.is_true("always");
    ir::op::AddIdentity add{.table = table, .column = column, .identity = always ? ir::Identity::always : ir::Identity::by_default};
    return alter_table(directive.recorder, directive.span(), at, std::move(add));
  }
  if (construct(*value) == "Computed") return arguments.fail("a computed column cannot be made of an existing one");
  alter_table(directive.recorder, directive.span(), at,
              ir::op::SetDefault{.table = table, .column = column, .value = read_default(directive.recorder, *value)});
}

void alter_comment(Directive& directive, const ir::RelationName& table, const ir::Name& column) {
  const Value* value = directive.arguments.get("comment");
  if (value == nullptr || value->boolean() == false) return;
  const ir::Name text = directive.arguments.name("comment");
  comment_on(directive.recorder, directive.span(), ir::ObjectKind::column, table, column, value->is_none() ? std::nullopt : std::optional(text.value));
}

}  // namespace

// alembic/ddl/postgresql.py and impl.py, alter_column: type, nullability, default, comment, and the new name last.
void alter_column(Directive& directive) {
  const ir::RelationName table = directive.relation("table_name");
  const ir::Name column = directive.arguments.required("column_name");
  const ir::Name new_name = directive.arguments.name("new_column_name");
  if (!directive.arguments.problem().empty()) return;
  alter_type(directive, table, column);
  alter_nullable(directive, table, column);
  alter_default(directive, table, column);
  alter_comment(directive, table, column);
  if (new_name.value.empty()) return;
  std::vector<ir::Step> steps;
  steps.push_back({ir::op::RenameColumn{.table = table, .column = column, .new_name = new_name}, directive.arguments.span("new_column_name")});
  directive.recorder.emit("Rename", directive.span(), std::move(steps));
}

}  // namespace whimbrel::alembic
