// Words and questions that several rules share: what waits, what to write instead, in the migration's own language.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "whimbrel/base/text.h"
#include "whimbrel/catalog/apply.h"
#include "whimbrel/ir/referential_action.h"
#include "whimbrel/ir/server_limits.h"
#include "whimbrel/rule/help.h"

namespace whimbrel::rule {
namespace {

constexpr std::size_t kNamesInASentence = 4;

struct RunnerAdvice {
  std::string_view runner;
  std::string_view advice;
};
constexpr std::array kRunnerAdvice{
    RunnerAdvice{"alembic", "put it into `with op.get_context().autocommit_block():`"},
    RunnerAdvice{"goose", "move it to a migration that says `-- +goose NO TRANSACTION`"},
    RunnerAdvice{"sql-migrate", "move it to a migration that begins with `-- +migrate Up notransaction`"},
    RunnerAdvice{"dbmate", "move it to a migration that begins with `-- migrate:up transaction:false`"},
    RunnerAdvice{"diesel", "move it to a migration whose metadata.toml says `run_in_transaction = false`"},
    RunnerAdvice{"flyway", "move it to a migration whose script configuration says `executeInTransaction=false`"},
    RunnerAdvice{"django", "move it to a migration with `atomic = False`"},
};

std::string deferral_sql(const ir::Constraint& constraint) {
  std::string text;
  if (constraint.deferrable) text += " DEFERRABLE";
  if (constraint.initially_deferred) text += " INITIALLY DEFERRED";
  return text;
}

bool is_constant(const ir::Expr& expr) {
  return expr.kind == ir::ExprKind::number || expr.kind == ir::ExprKind::string || expr.kind == ir::ExprKind::boolean;
}

}  // namespace

void offer_insertion(Finding& finding, const Context& context, Span place, std::string text, std::string title) {
  if (!context.is_sql_source() || place.empty()) return;
  finding.fix = Fix{.title = std::move(title),
                    .applicability = Applicability::unsafe,
                    .edits = {insert_behind(place, std::move(text))}};
}

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

namespace {

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

}  // namespace

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

std::vector<ir::RelationName> tables_read(const Context& context) {
  std::vector<ir::RelationName> tables;
  for (const facts::Work& scan : context.effects().scans) {
    ir::RelationName name{.value = scan.relation, .span = {}};
    if (!context.is_harmless(name)) tables.push_back(std::move(name));
  }
  return tables;
}

namespace {

/// What a DROP of an object without rows names; empty for other operations.
ir::QualifiedName dropped_by(const ir::Operation& operation) {
  return std::visit(ir::Overloaded{
                        [](const ir::op::DropView& drop) { return drop.view.value; },
                        [](const ir::op::DropType& drop) { return drop.type.value; },
                        [](const ir::op::DropFunction& drop) { return drop.function.value; },
                        [](const ir::op::DropSequence& drop) { return drop.sequence.value; },
                        [](const auto&) { return ir::QualifiedName{}; },
                    },
                    operation);
}

}  // namespace

void report_drop(Context& context, const ir::RelationName& dropped, std::string_view what, bool cascade) {
  const std::span<const ir::Step> steps(context.statement().steps);
  const bool behind_another = std::ranges::any_of(steps.first(context.step_index()), [](const ir::Step& step) { return !dropped_by(step.operation).empty(); });
  if (behind_another && context.reported_statement()) return;
  std::vector<std::string> names{ir::to_sql(dropped.value)};
  for (const ir::Step& later : steps.subspan(context.step_index() + 1)) {
    if (const ir::QualifiedName name = dropped_by(later.operation); !name.empty()) names.push_back(ir::to_sql(name));
  }
  const bool one = names.size() == 1;
  Finding& finding = context.report(dropped.span.empty() ? context.step().span : dropped.span,
                                    fmt::format("Dropping {}{} {}{} breaks code that still uses {}", what, one ? "" : "s", join_names(names),
                                                !cascade ? "" : one ? " and all that depends on it" : " and all that depends on them", one ? "it" : "them"));
  finding.help = Steps(context).say(one ? "drop it in a later release, when no code uses it any more" : "drop them in a later release, when no code uses them any more").text();
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

Span head_of(const ir::Migration& migration) {
  if (!migration.id_span.empty()) return migration.id_span;
  return migration.up.statements.empty() ? migration.up.span : migration.up.statements.front().span;
}

Span place_of(const Context& context, const history::OrderProblem& problem) {
  return problem.span.empty() ? head_of(context.moment().migration) : problem.span;
}

std::string other_file(const Context& context, const history::OrderProblem& problem) {
  return problem.others.empty() ? std::string() : printable(context.path(problem.others.front()));
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

namespace {

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

std::string blocks(const Context& context, const ir::RelationName& table) {
  const facts::Effects& effects = context.statement_effects();
  std::string phrase = blocking_phrase(effects, context.catalog().resolve(table.value));
  const auto strongest = std::ranges::max_element(effects.locks, {}, &facts::RelationLock::mode);
  if (phrase.empty() && strongest != effects.locks.end()) phrase = blocking_phrase(effects, strongest->relation);
  return phrase.empty() ? "keeps other sessions waiting" : phrase;
}

std::string until(const Context& context, std::string_view done) {
  return fmt::format("until {}{}", done, in_transaction(context) ? " and the transaction ends" : "");
}

std::string join_names(const std::vector<std::string>& names) {
  std::string text;
  const std::size_t shown = names.size() <= kNamesInASentence ? names.size() : kNamesInASentence - 1;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

std::vector<std::string> also_blocked(const Context& context, const ir::RelationName& table) {
  const ir::QualifiedName own = context.catalog().resolve(table.value);
  std::vector<std::string> names;
  for (const facts::RelationLock& lock : context.effects().locks) {
    if (lock.sort != facts::RelationSort::table || lock.relation == own || !blocks_writes(lock.mode)) continue;
    const ir::RelationName name{.value = lock.relation, .span = {}};
    if (!context.is_harmless(name)) names.push_back(context.name_of(name));
  }
  return names;
}

std::string column_of(const Context& context, const ir::RelationName& table, std::string_view column) {
  return context.name_of(table) + "." + ir::quote_identifier(column);
}

std::string a_batch(const Context& context, const ir::RelationName& table, std::string_view rest) {
  const catalog::Relation* relation = context.table(table);
  const catalog::Constraint* key = relation == nullptr ? nullptr : relation->primary_key();
  const bool single = key != nullptr && key->columns.size() == 1;
  const catalog::Column* column = single ? relation->find_column(key->columns.front()) : nullptr;
  const std::string name = single ? ir::quote_identifier(key->columns.front()) : "id";
  const auto counts = [](const ir::TypeName& type) { return !type.known() || type.name == "bigint" || type.name == "integer" || type.name == "smallint"; };
  const bool guessed = key == nullptr && (relation == nullptr || !relation->exact);
  if (guessed || (single && (column == nullptr || counts(column->type)))) return fmt::format("{} BETWEEN 1 AND 10000", name);
  const std::string where = rest.empty() ? "" : fmt::format(" WHERE {}", rest);
  if (single) return fmt::format("{} IN (SELECT {} FROM {}{} LIMIT 10000)", name, name, ir::to_sql(table.value), where);
  return fmt::format("ctid = ANY (ARRAY(SELECT ctid FROM {}{} LIMIT 10000))", ir::to_sql(table.value), where);
}

std::string object_name(const ir::RelationName& table, const std::vector<ir::Name>& columns, std::string_view suffix) {
  std::string name = table.value.name;
  for (const ir::Name& column : columns) name += "_" + column.value;
  return fmt::format("{}_{}", clip(name, ir::kLongestIdentifier - suffix.size() - 1), suffix);
}

std::string constraint_name(const Context& context, const ir::RelationName& table, const ir::Constraint& constraint) {
  if (!constraint.name.value.empty()) return constraint.name.value;
  const catalog::Relation* known = context.table(table);
  catalog::Relation unknown;
  unknown.name = context.catalog().resolve(table.value);
  return catalog::choose_constraint_name(context.catalog(), known == nullptr ? unknown : *known, constraint);
}

std::string constraint_sql(const ir::Constraint& constraint) {
  const std::string columns = ir::to_sql(constraint.columns);
  switch (constraint.kind) {
    case ir::ConstraintKind::primary_key:
      return fmt::format("PRIMARY KEY ({}){}", columns, deferral_sql(constraint));
    case ir::ConstraintKind::unique:
      return fmt::format("UNIQUE ({}){}", columns, deferral_sql(constraint));
    case ir::ConstraintKind::not_null:
      return "NOT NULL " + columns;
    case ir::ConstraintKind::exclusion:
      return "EXCLUDE (…)";
    case ir::ConstraintKind::check:
      return fmt::format("CHECK ({})", constraint.expr ? ir::to_sql(*constraint.expr) : "…");
    case ir::ConstraintKind::foreign_key:
      break;
  }
  std::string text = fmt::format("FOREIGN KEY ({}) REFERENCES {}", columns, ir::to_sql(constraint.references.value));
  if (!constraint.referenced_columns.empty()) text += fmt::format(" ({})", ir::to_sql(constraint.referenced_columns));
  if (constraint.on_delete != ir::ReferentialAction::no_action) text += fmt::format(" ON DELETE {}", ir::to_sql(constraint.on_delete));
  if (constraint.on_update != ir::ReferentialAction::no_action) text += fmt::format(" ON UPDATE {}", ir::to_sql(constraint.on_update));
  return text + deferral_sql(constraint);
}

bool runs_for_triggers_only(const std::vector<const catalog::Function*>& functions) {
  const auto is_for_triggers = [](const catalog::Function* one) { return one->returns.name == "trigger" || one->returns.name == "event_trigger"; };
  return !functions.empty() && std::ranges::all_of(functions, is_for_triggers);
}

std::string index_tail(const ir::op::CreateIndex& index) {
  std::string elements;
  for (const ir::IndexElement& element : index.elements) {
    if (!elements.empty()) elements += ", ";
    const bool bare = element.expr && element.expr->kind == ir::ExprKind::call;
    const std::string expression = element.expr ? ir::to_sql(*element.expr) : "…";
    elements += !element.column.empty() ? ir::quote_identifier(element.column)
                : bare                  ? expression
                                        : "(" + expression + ")";
    if (!element.collation.empty()) elements += " COLLATE " + ir::quote_identifier(element.collation);
    if (!element.opclass.empty()) elements += " " + element.opclass;
    if (element.descending) elements += " DESC";
    if (element.nulls_first == to_tri(!element.descending))
      elements += element.descending ? " NULLS LAST" : " NULLS FIRST";
  }
  std::string text = index.method.empty() || index.method == "btree" ? "" : fmt::format("USING {} ", index.method);
  text += fmt::format("({})", elements);
  if (!index.including.empty()) text += fmt::format(" INCLUDE ({})", ir::to_sql(index.including));
  if (index.nulls_not_distinct) text += " NULLS NOT DISTINCT";
  if (index.predicate) text += " WHERE " + ir::to_sql(*index.predicate);
  return text;
}

std::string concurrent_index(const ir::op::CreateIndex& index) {
  const std::string name = index.name.value.empty() ? "" : ir::quote_identifier(index.name.value) + " ";
  return fmt::format("CREATE {}INDEX CONCURRENTLY {}ON {} {}", index.unique ? "UNIQUE " : "", name, ir::to_sql(index.table.value), index_tail(index));
}

std::string leave_transaction(const Context& context) {
  using Kind = facts::TransactionState::Kind;
  if (context.moment().outermost.kind == "Do") return "take it out of the DO block and of any transaction";
  if (context.transaction().kind == Kind::explicit_block) return "move it behind the COMMIT, or before the BEGIN";
  if (context.transaction().kind == Kind::implicit_string)
    return "give it a migration of its own: one statement alone is not wrapped";
  const auto known = std::ranges::find(kRunnerAdvice, context.moment().migration.runner, &RunnerAdvice::runner);
  return std::string(known == kRunnerAdvice.end() ? "tell the runner not to wrap this migration in a transaction"
                                                  : known->advice);
}

std::string python_string(std::string_view text) {
  std::string literal = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') literal += '\\';
    if (c == '\n') {
      literal += "\\n";
    } else {
      literal += c;
    }
  }
  return literal + "\"";
}

std::string python_schema(const ir::RelationName& table) {
  return table.value.schema.empty() ? "" : ", schema=" + python_string(table.value.schema);
}

std::string python_list(const std::vector<ir::Name>& names) {
  std::string text = "[";
  for (const ir::Name& name : names) text += (text.size() > 1 ? ", " : "") + python_string(name.value);
  return text + "]";
}

// ---- steps
// --------------------------------------------------------------------------------------------------------------

Steps::Steps(const Context& context) : sql_(context.is_sql_source()) {
  if (sql_ && in_transaction(context)) outside_ = leave_transaction(context);
}

Steps& Steps::say(std::string_view comment) {
  if (!text_.empty()) text_ += "\n";
  text_ += fmt::format("{} {}", sql_ ? "--" : "#", comment);
  return *this;
}

Steps& Steps::run(const std::string& sql, const std::string& python) {
  if (!text_.empty()) text_ += "\n";
  text_ += sql_ ? sql + ";" : python.empty() ? fmt::format("op.execute({})", python_string(sql)) : python;
  return *this;
}

Steps& Steps::run_alone(const std::string& sql, const std::string& python) {
  if (!sql_) {
    return run("", "with op.get_context().autocommit_block():\n    " +
                       (python.empty() ? fmt::format("op.execute({})", python_string(sql)) : python));
  }
  if (!outside_.empty()) say(fmt::format("outside a transaction: {}", std::exchange(outside_, "")));
  return run(sql);
}

Steps& Steps::drop_index_concurrently(const ir::op::CreateIndex& index) {
  const std::string name = ir::to_sql(ir::QualifiedName{index.table.value.schema, index.name.value});
  return run_alone(fmt::format("DROP INDEX CONCURRENTLY IF EXISTS {}", name));
}

Steps& Steps::fill(const Context& context, const ir::RelationName& table, std::string_view column,
                   std::string_view value) {
  return fill_from(context, table, column, {}, value);
}

Steps& Steps::fill_from(const Context& context, const ir::RelationName& table, std::string_view column, std::string_view source,
                        std::string_view value) {
  say("in batches, each in a transaction of its own:");
  const std::string name = ir::quote_identifier(column);
  std::string rest = name + " IS NULL";
  const catalog::Relation* relation = context.table(table);
  const catalog::Column* from = relation == nullptr || source.empty() ? nullptr : relation->find_column(source);
  if (!source.empty() && (from == nullptr || from->not_null != Tri::yes)) rest += fmt::format(" AND {} IS NOT NULL", ir::quote_identifier(source));
  return run(fmt::format("UPDATE {} SET {} = {} WHERE {}", ir::to_sql(table.value), name, value, a_batch(context, table, rest)));
}

Steps& Steps::build_unique_index(const ir::RelationName& table, const std::vector<ir::Name>& columns,
                                 const std::string& name) {
  return run_alone(
      fmt::format("CREATE UNIQUE INDEX CONCURRENTLY {} ON {} ({})", ir::quote_identifier(name), ir::to_sql(table.value),
                  ir::to_sql(columns)),
      fmt::format("op.create_index({}, {}, {}, unique=True{}, postgresql_concurrently=True)", python_string(name),
                  python_string(table.value.name), python_list(columns), python_schema(table)));
}

Steps& Steps::add_not_valid(const std::string& table, const std::string& name, const std::string& clause) {
  return run(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} {} NOT VALID", table, name, clause))
      .say("in a later migration, which lets reads and writes go on:")
      .run(fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {}", table, name));
}

Steps& Steps::prove_not_null(const Context& context, const ir::RelationName& table, std::string_view column) {
  const std::string name =
      ir::quote_identifier(object_name(table, {ir::Name{.value = std::string(column), .span = {}}}, "not_null"));
  const std::string target = ir::to_sql(table.value);
  const std::string quoted = ir::quote_identifier(column);
  const bool native = context.pg_version() >= 18;
  run(native ? fmt::format("ALTER TABLE {} ADD CONSTRAINT {} NOT NULL {} NOT VALID", target, name, quoted)
             : fmt::format("ALTER TABLE {} ADD CONSTRAINT {} CHECK ({} IS NOT NULL) NOT VALID", target, name, quoted));
  say("in a transaction of its own, which lets reads and writes go on:");
  run(fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {}", target, name));
  if (native) return *this;
  if (context.pg_version() < 12) return say("before PostgreSQL 12 the CHECK stays and takes the place of NOT NULL");
  say("in the next migration, without reading the table:");
  run(fmt::format("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL", target, quoted));
  return run(fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", target, name));
}

}  // namespace whimbrel::rule
