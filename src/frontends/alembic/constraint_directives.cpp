// create_primary_key, create_foreign_key, create_unique_constraint, create_check_constraint, create_exclude_constraint, drop_constraint.
#include <fmt/format.h>

#include "columns.h"
#include "directives.h"
#include "expressions.h"

namespace whimbrel::alembic {

namespace {

ir::Constraint begin_constraint(Directive& directive, ir::ConstraintKind kind) {
  ir::Constraint constraint = make_constraint(kind, directive.span());
  constraint.name = directive.arguments.name("constraint_name");
  read_constraint_options(directive.arguments, constraint);
  return constraint;
}

void add_constraint(Directive& directive, const ir::RelationName& table, ir::Constraint constraint) {
  if (!directive.arguments.problem().empty()) return;
  alter_table(directive.recorder, directive.span(), directive.span(), ir::op::AddConstraint{.table = table, .constraint = std::move(constraint)});
}

}  // namespace

void create_primary_key(Directive& directive) {
  ir::Constraint constraint = begin_constraint(directive, ir::ConstraintKind::primary_key);
  constraint.columns = directive.arguments.names("columns");
  add_constraint(directive, directive.relation("table_name"), std::move(constraint));
}

void create_unique_constraint(Directive& directive) {
  ir::Constraint constraint = begin_constraint(directive, ir::ConstraintKind::unique);
  constraint.columns = directive.arguments.names("columns");
  add_constraint(directive, directive.relation("table_name"), std::move(constraint));
}

void create_foreign_key(Directive& directive) {
  Arguments& arguments = directive.arguments;
  ir::Constraint constraint = begin_constraint(directive, ir::ConstraintKind::foreign_key);
  constraint.columns = arguments.names("local_cols");
  constraint.references = directive.relation("referent_table", "referent_schema");
  constraint.referenced_columns = arguments.names("remote_cols");
  add_constraint(directive, directive.relation("source_table", "source_schema"), std::move(constraint));
}

void create_check_constraint(Directive& directive) {
  ir::Constraint constraint = begin_constraint(directive, ir::ConstraintKind::check);
  const Value* condition = directive.arguments.get("condition");
  if (condition == nullptr) return directive.arguments.fail("the condition is missing");
  constraint.expr = expression(sql_text_or_raw(*condition), directive.recorder.file());
  if (!constraint.expr) {
    auto opaque = std::make_shared<ir::Expr>();
    opaque->kind = ir::ExprKind::opaque;
    opaque->span = condition->span;
    opaque->text = "a condition that cannot be told";
    directive.recorder.note(condition->span, said_of("the condition", *condition));
    constraint.expr = std::move(opaque);
  }
  add_constraint(directive, directive.relation("table_name"), std::move(constraint));
}

void create_exclude_constraint(Directive& directive) {
  auto constraint = read_exclusion(directive.recorder, directive.arguments, directive.arguments.rest());
  if (!constraint) return;
  constraint->name = directive.arguments.name("constraint_name");
  add_constraint(directive, directive.relation("table_name"), std::move(*constraint));
}

void drop_constraint(Directive& directive) {
  // None is what autogenerate writes for a constraint that it knows no name of: an empty name, which nothing can drop.
  const Value* name = directive.arguments.get("constraint_name");
  const bool nameless = name != nullptr && name->is_none();
  ir::op::DropConstraint drop{.table = directive.relation("table_name"),
                              .constraint = nameless ? directive.arguments.name("constraint_name") : directive.arguments.required("constraint_name")};
  drop.if_exists = directive.arguments.is_true("if_exists");
  if (!directive.arguments.problem().empty()) return;
  const Span at = drop.constraint.span;
  alter_table(directive.recorder, directive.span(), at, std::move(drop));
}

}  // namespace whimbrel::alembic
