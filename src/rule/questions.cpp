// What rules ask before they speak: of the statement, of those around it, and of what the history knows.
#include "whimbrel/rule/questions.h"

#include <algorithm>
#include <type_traits>
#include <variant>

namespace whimbrel::rule {

namespace {

bool is_constant(const ir::Expr& expr) {
  return expr.kind == ir::ExprKind::number || expr.kind == ir::ExprKind::string || expr.kind == ir::ExprKind::boolean;
}

constexpr std::ptrdiff_t kFarthest = 1000;  ///< statements that are looked at

/// What the operation makes; empty where it makes no relation, type or function.
ir::QualifiedName made_by(const ir::Operation& operation) {
  return std::visit(ir::Overloaded{
                        [](const ir::op::CreateTable& create) { return create.table.value; },
                        [](const ir::op::CreateTableAs& create) { return create.table.value; },
                        [](const ir::op::CreateView& create) { return create.view.value; },
                        [](const ir::op::CreateType& create) { return create.type.value; },
                        [](const ir::op::CreateDomain& create) { return create.domain.value; },
                        [](const ir::op::CreateFunction& create) { return create.function.value; },
                        [](const ir::op::RenameTable& rename) { return ir::QualifiedName{rename.table.value.schema, rename.new_name.value}; },
                        [](const ir::op::RenameObject& rename) { return ir::QualifiedName{rename.object.value.schema, rename.new_name.value}; },
                        [](const auto&) { return ir::QualifiedName{}; },
                    },
                    operation);
}

/// Whether a step of the statements, bodies included, satisfies the question.
template <class Question>
bool any_step(std::span<const ir::Statement> statements, const Question& question) {
  return std::ranges::any_of(statements, [&](const ir::Statement& statement) {
    return any_step(statement.body, question) || std::ranges::any_of(statement.steps, question);
  });
}

bool leaves_nothing(const ir::Step& step) {
  constexpr auto kLeavesNothing = [](const auto& operation) {
    using Op = std::remove_cvref_t<decltype(operation)>;
    return std::is_same_v<Op, ir::op::Select> || std::is_same_v<Op, ir::op::SetParameter> ||
           std::is_same_v<Op, ir::op::SetRoleParameter> || std::is_same_v<Op, ir::op::Transaction> ||
           std::is_same_v<Op, ir::op::Vacuum> || std::is_same_v<Op, ir::op::Analyze> ||
           std::is_same_v<Op, ir::op::Do> || std::is_same_v<Op, ir::op::Explain> ||
           std::is_same_v<Op, ir::op::Checkpoint> || std::is_same_v<Op, ir::op::Discard> ||
           std::is_same_v<Op, ir::op::Notify> || std::is_same_v<Op, ir::op::LockTable> ||
           std::is_same_v<Op, ir::op::Reindex>;
  };
  return std::visit(kLeavesNothing, step.operation);
}

}  // namespace

const facts::Work* work_of(const std::vector<facts::Work>& works, std::initializer_list<facts::Cause> causes) {
  const auto found = std::ranges::find_if(works, [&](const facts::Work& work) {
    return work.happens != Tri::no && std::ranges::find(causes, work.cause) != causes.end();
  });
  return found == works.end() ? nullptr : &*found;
}

bool in_transaction(const Context& context) {
  const history::Moment& moment = context.moment();
  return context.transaction().open || (&moment.outermost != &moment.statement && moment.outermost.kind == "Do");
}

bool made_in_this_part(const Context& context, const catalog::Origin& origin) {
  return history::new_maker(context.moment(), origin) != nullptr;
}

std::span<const ir::Statement> statements_before(const Context& context) {
  const ir::Statement* const here = &context.moment().outermost;
  const std::ptrdiff_t count = std::min(here - context.moment().part.statements.data(), kFarthest);
  return {here - count, here};
}

std::span<const ir::Statement> statements_behind(const Context& context) {
  const std::vector<ir::Statement>& statements = context.moment().part.statements;
  const ir::Statement* const next = &context.moment().outermost + 1;
  return {next, next + std::min(statements.data() + statements.size() - next, kFarthest)};
}

bool is_made_here(const Context& context, const ir::QualifiedName& name) {
  const auto made = [&](const auto* object) { return object != nullptr && made_in_this_part(context, object->origin); };
  return made(context.catalog().find_relation(name)) || made(context.catalog().find_type(name)) || made(context.catalog().find_sequence(name)) ||
         std::ranges::any_of(context.catalog().find_functions(name), made);
}

const catalog::Type* find_enum(const Context& context, const ir::QualifiedName& name) {
  const catalog::Type* type = context.catalog().find_type(name);
  return type != nullptr && type->exact && !type->domain && type->form == ir::op::TypeForm::enum_ ? type : nullptr;
}

bool is_type_named_here(const Context& context, std::string_view name) {
  const auto renames = [&](const ir::Step& step) {
    const auto* rename = std::get_if<ir::op::RenameObject>(&step.operation);
    return rename != nullptr && rename->new_name.value == name && (rename->kind == ir::ObjectKind::type || rename->kind == ir::ObjectKind::domain);
  };
  const auto has_one = [&](const ir::Statement& statement) { return std::ranges::any_of(statement.steps, renames); };
  return std::ranges::any_of(statements_before(context), has_one) || has_one(context.moment().outermost);
}

std::vector<ir::RelationName> tables_read(const Context& context) {
  std::vector<ir::RelationName> tables;
  for (const facts::Work& scan : context.effects().scans) {
    ir::RelationName name{.value = scan.relation, .span = {}};
    if (!context.is_harmless(name)) tables.push_back(std::move(name));
  }
  return tables;
}

bool is_dropped_later(const Context& context, const ir::QualifiedName& table) {
  return any_later(context, [&](const ir::Operation& operation) {
    const auto* drop = std::get_if<ir::op::DropTable>(&operation);
    return drop != nullptr && context.catalog().resolve(drop->table.value) == table;
  });
}

bool is_made_again(const Context& context, const ir::QualifiedName& name) {
  return any_later(context, [&](const ir::Operation& operation) {
    const ir::QualifiedName made = made_by(operation);
    return made.name == name.name && (made.schema.empty() || made.schema == name.schema);
  });
}

const ir::Step* column_made_again(const Context& context, const ir::RelationName& table, std::string_view column) {
  const ir::QualifiedName resolved = context.catalog().resolve(table.value);
  const auto makes_it = [&](const ir::Step& step) {
    const auto* add = std::get_if<ir::op::AddColumn>(&step.operation);
    const auto* rename = std::get_if<ir::op::RenameColumn>(&step.operation);
    return (add != nullptr && add->column.name.value == column && context.catalog().resolve(add->table.value) == resolved) ||
           (rename != nullptr && rename->new_name.value == column && context.catalog().resolve(rename->table.value) == resolved);
  };
  const auto first_of = [&](std::span<const ir::Step> steps) {
    const auto found = std::ranges::find_if(steps, makes_it);
    return found == steps.end() ? nullptr : &*found;
  };
  const std::vector<ir::Step>& own = context.statement().steps;
  const auto here = static_cast<std::size_t>(&context.step() - own.data());
  if (const ir::Step* found = first_of(std::span(own).subspan(here + 1))) return found;
  for (const ir::Statement& later : statements_behind(context)) {
    const ir::Step* found = later.runs == Tri::yes ? first_of(later.steps) : nullptr;
    if (found != nullptr) return found;
  }
  return nullptr;
}

bool is_own(const Context& context, const ir::RelationName& name) {
  const catalog::Relation* table = context.table(name);
  return context.is_new(name) || (table != nullptr && table->persistence == ir::Persistence::temporary);
}

bool does_nothing(const Context& context, const ir::op::AddColumn& add) {
  const catalog::Relation* table = context.table(add.table);
  return add.if_not_exists && table != nullptr && table->find_column(add.column.name.value) != nullptr;
}

bool always_true(const ir::Expr& condition) {
  const auto is_true = [](const ir::ExprPtr& arg) { return arg && always_true(*arg); };
  const std::vector<ir::ExprPtr>& args = condition.args;
  if (condition.kind == ir::ExprKind::boolean) return condition.text == "true";
  if (condition.kind == ir::ExprKind::logic_and) return std::ranges::all_of(args, is_true);
  if (condition.kind == ir::ExprKind::logic_or) return std::ranges::any_of(args, is_true);
  if (condition.kind == ir::ExprKind::logic_not) {
    return args.size() == 1 && args[0] && args[0]->kind == ir::ExprKind::boolean && args[0]->text == "false";
  }
  if (condition.kind != ir::ExprKind::op || args.size() != 2 || !args[0] || !args[1]) return false;
  if (!is_constant(*args[0]) || args[0]->kind != args[1]->kind) return false;
  return condition.text == "=" ? args[0]->text == args[1]->text
                               : condition.text == "<>" && args[0]->text != args[1]->text;
}

bool changes_anything(std::span<const ir::Statement> statements) {
  return any_step(statements, [](const ir::Step& step) { return !leaves_nothing(step); });
}

bool changes_schema(std::span<const ir::Statement> statements) {
  constexpr auto kWritesRows = [](const auto& operation) {
    using Op = std::remove_cvref_t<decltype(operation)>;
    return std::is_same_v<Op, ir::op::Insert> || std::is_same_v<Op, ir::op::Update> || std::is_same_v<Op, ir::op::Delete> ||
           std::is_same_v<Op, ir::op::Merge> || std::is_same_v<Op, ir::op::Copy> || std::is_same_v<Op, ir::op::Truncate> ||
           std::is_same_v<Op, ir::op::Opaque> || std::is_same_v<Op, ir::op::Call>;
  };
  return any_step(statements, [&](const ir::Step& step) { return !leaves_nothing(step) && !std::visit(kWritesRows, step.operation); });
}

const ir::Constraint* inline_constraint(const ir::ColumnDef& column, ir::ConstraintKind kind) {
  const auto found = std::ranges::find(column.constraints, kind, &ir::Constraint::kind);
  return found == column.constraints.end() ? nullptr : &*found;
}

bool runs_for_triggers_only(const std::vector<const catalog::Function*>& functions) {
  const auto is_for_triggers = [](const catalog::Function* one) { return one->returns.name == "trigger" || one->returns.name == "event_trigger"; };
  return !functions.empty() && std::ranges::all_of(functions, is_for_triggers);
}

}  // namespace whimbrel::rule
