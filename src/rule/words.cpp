// Words that several rules share: what waits and for how long, names of objects, SQL of constraints and indexes.
#include "whimbrel/rule/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "whimbrel/base/text.h"
#include "whimbrel/catalog/apply.h"
#include "whimbrel/ir/referential_action.h"
#include "whimbrel/ir/server_limits.h"
#include "whimbrel/rule/questions.h"

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

}  // namespace

std::string blocking_phrase(const facts::Effects& effects, const ir::QualifiedName& relation) {
  const LockMode mode = effects.lock_on(relation);
  if (blocks_reads(mode)) return "blocks reads and writes";
  if (blocks_writes(mode)) return "blocks writes";
  return "";
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

std::string index_element(const ir::IndexElement& element) {
  const bool bare = element.expr && element.expr->kind == ir::ExprKind::call;
  const std::string expression = element.expr ? ir::to_sql(*element.expr) : "…";
  std::string text = !element.column.empty() ? ir::quote_identifier(element.column) : bare ? expression : "(" + expression + ")";
  if (!element.collation.empty()) text += " COLLATE " + ir::quote_identifier(element.collation);
  if (!element.opclass.empty()) text += " " + element.opclass;
  if (element.descending) text += " DESC";
  if (element.nulls_first == to_tri(!element.descending)) text += element.descending ? " NULLS LAST" : " NULLS FIRST";
  return text;
}

std::string index_tail(const ir::op::CreateIndex& index) {
  std::string elements;
  for (const ir::IndexElement& element : index.elements) elements += (elements.empty() ? "" : ", ") + index_element(element);
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

std::string sql_string(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result.append(c == '\'' ? 2 : 1, c);
  return result + "'";
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

}  // namespace whimbrel::rule
