// Constraints of create_table, and what all ways of writing one have in common.
#include <fmt/format.h>

#include <algorithm>

#include "columns.h"
#include "expressions.h"
#include "whimbrel/base/text.h"

namespace whimbrel::alembic {

namespace {

/// The positional column names of UniqueConstraint("a", "b").
std::vector<ir::Name> column_arguments(Arguments& arguments) {
  std::vector<ir::Name> columns;
  for (const Value& value : arguments.call().args) {
    if (const std::string* name = value.string()) {
      columns.push_back({*name, value.span});
    } else {
      arguments.fail(said_of("one of its columns", value));
    }
  }
  return columns;
}

void read_foreign_key(Arguments& arguments, ir::Constraint& key) {
  key.kind = ir::ConstraintKind::foreign_key;
  key.columns = arguments.names("columns");
  for (const ir::Name& target : arguments.names("refcolumns")) {
    ir::QualifiedName table;
    std::string column;
    if (!split_target(target.value, table, column) || column.empty()) {
      arguments.fail("the foreign key has no target");
      return;
    }
    key.references = {table, target.span};
    key.referenced_columns.push_back({column, target.span});
  }
  if (key.references.value.empty()) arguments.fail("the foreign key has no target");
}

void read_check(Recorder& recorder, Arguments& arguments, ir::Constraint& check) {
  check.kind = ir::ConstraintKind::check;
  const Value* text = arguments.get("sqltext");
  check.expr = text != nullptr ? expression(sql_text_or_raw(*text), recorder.file()) : nullptr;
  if (check.expr) return;
  recorder.note(arguments.whole(), text != nullptr ? said_of("the condition", *text) : "the condition is missing");
  auto opaque = std::make_shared<ir::Expr>();
  opaque->kind = ir::ExprKind::opaque;
  opaque->span = arguments.whole();
  opaque->text = "a condition that cannot be told";
  check.expr = std::move(opaque);
}

}  // namespace

ir::Constraint make_constraint(ir::ConstraintKind kind, Span span, std::vector<ir::Name> columns) {
  ir::Constraint constraint;
  constraint.kind = kind;
  constraint.span = span;
  constraint.columns = std::move(columns);
  return constraint;
}

ir::ReferentialAction referential_action(Arguments& arguments, std::string_view parameter) {
  const std::string action = to_lower(arguments.name(parameter).value);
  if (action == "cascade") return ir::ReferentialAction::cascade;
  if (action == "restrict") return ir::ReferentialAction::restrict;
  if (action == "set null") return ir::ReferentialAction::set_null;
  if (action == "set default") return ir::ReferentialAction::set_default;
  if (!action.empty() && action != "no action") arguments.fail(fmt::format("{} is {}", parameter, action));
  return ir::ReferentialAction::no_action;
}

void read_constraint_options(Arguments& arguments, ir::Constraint& constraint) {
  if (constraint.name.value.empty() && arguments.get("name") != nullptr) constraint.name = arguments.name("name");
  constraint.deferrable = arguments.is_true("deferrable");
  constraint.initially_deferred = equals_ignoring_case(arguments.name("initially").value, "deferred");
  // INITIALLY DEFERRED implies DEFERRABLE (CREATE TABLE's page)
  constraint.deferrable = constraint.deferrable || constraint.initially_deferred;
  constraint.not_valid = arguments.is_true("postgresql_not_valid");
  constraint.nulls_not_distinct = arguments.is_true("postgresql_nulls_not_distinct");
  if (arguments.get("postgresql_include") != nullptr) constraint.including = arguments.names("postgresql_include");
  if (constraint.kind == ir::ConstraintKind::foreign_key) {
    constraint.on_delete = referential_action(arguments, "ondelete");
    constraint.on_update = referential_action(arguments, "onupdate");
  }
}

std::optional<ir::Constraint> read_exclusion(Recorder& recorder, Arguments& arguments, std::span<const Value> elements) {
  python::Text text;
  const auto put = [&](std::string_view words) { text.append(python::Text::made(std::string(words), arguments.whole())); };
  const ir::Name method = arguments.name("using");
  put(fmt::format("EXCLUDE USING {} (", method.value.empty() ? "gist" : method.value));
  const Value* ops = arguments.get("ops");
  bool first = true;
  for (const Value& element : elements) {
    const auto* pair = element.items();
    const auto sql = pair != nullptr && pair->size() == 2 ? sql_text_or_raw((*pair)[0]) : std::nullopt;
    const std::string* op = sql ? (*pair)[1].string() : nullptr;
    if (op == nullptr) {
      arguments.fail("an element of the exclusion constraint cannot be told");
      return std::nullopt;
    }
    put(first ? "" : ", ");
    first = false;
    text.append(*sql);
    const Value* opclass = ops != nullptr ? ops->entry(sql->value) : nullptr;
    if (opclass != nullptr && opclass->string() != nullptr) put(" " + *opclass->string());
    put(" WITH " + *op);
  }
  put(")");
  if (const Value* where = arguments.get("where"); where != nullptr && !where->is_none()) {
    const auto sql = sql_text_or_raw(*where);
    if (!sql) {
      arguments.fail("the WHERE of the exclusion constraint cannot be told");
      return std::nullopt;
    }
    put(" WHERE (");
    text.append(*sql);
    put(")");
  }
  const auto operation = operation_around("ALTER TABLE t ADD ", text, "", recorder.file());
  const auto* added = operation ? std::get_if<ir::op::AddConstraint>(&*operation) : nullptr;
  if (added == nullptr) {
    arguments.fail("the exclusion constraint cannot be read");
    return std::nullopt;
  }
  ir::Constraint constraint = added->constraint;
  constraint.span = arguments.whole();
  read_constraint_options(arguments, constraint);
  return constraint;
}

std::optional<ir::Constraint> read_constraint(Recorder& recorder, const Value& value) {
  const auto* call = value.as<python::Call>();
  if (call == nullptr) return std::nullopt;
  const std::string_view name = construct(*call);
  ir::Constraint constraint = make_constraint(ir::ConstraintKind::check, value.span);
  constexpr std::string_view kForeign[] = {"columns", "refcolumns", "name"};
  constexpr std::string_view kCheck[] = {"sqltext", "name"};
  const bool foreign = name == "ForeignKeyConstraint";
  const bool check = name == "CheckConstraint";
  Arguments arguments(*call, value.span, foreign ? std::span<const std::string_view>(kForeign) : check ? kCheck : std::span<const std::string_view>());
  if (foreign) {
    read_foreign_key(arguments, constraint);
    if (arguments.is_true("use_alter")) return std::nullopt;
  } else if (check) {
    read_check(recorder, arguments, constraint);
  } else if (name == "UniqueConstraint" || name == "PrimaryKeyConstraint") {
    constraint.kind = name == "UniqueConstraint" ? ir::ConstraintKind::unique : ir::ConstraintKind::primary_key;
    constraint.columns = column_arguments(arguments);
  } else if (name == "ExcludeConstraint") {
    auto exclusion = read_exclusion(recorder, arguments, call->args);
    if (!exclusion) recorder.leave_out(value.span, fmt::format("a constraint: {}", arguments.problem()));
    return exclusion;
  } else {
    return std::nullopt;
  }
  read_constraint_options(arguments, constraint);
  if (!arguments.problem().empty()) {
    recorder.leave_out(value.span, fmt::format("a constraint: {}", arguments.problem()));
    return std::nullopt;
  }
  return constraint;
}

}  // namespace whimbrel::alembic
