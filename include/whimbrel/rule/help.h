// Words that several rules share: sentences from measured effects, SQL to paste, edits.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/rule/context.h"

namespace whimbrel::rule {

/// "blocks reads and writes", "blocks writes"; what other sessions wait for under the strongest lock that the effects
/// take on the relation.
std::string blocking_phrase(const facts::Effects& effects, const ir::QualifiedName& relation);
/// Appends a sentence's worth of label: "the table is created here".
void add_label(Finding& finding, Span span, std::string message);
/// An insertion before or behind a place of the source. Only for SQL sources.
Edit insert_at(Span place, std::string text);
Edit insert_behind(Span place, std::string text);
/// Gives the finding a fix that writes `text` behind a place of a SQL source. Does nothing where there is no such
/// place.
void offer_insertion(Finding& finding, const Context& context, Span place, std::string text, std::string title);

// ---- what a rule asks before it speaks
// ----------------------------------------------------------------------------------

/// The first piece of work that has one of the causes; null where there is none.
const facts::Work* work_of(const std::vector<facts::Work>& works, std::initializer_list<facts::Cause> causes);
/// Whether the statement is run inside a transaction block, a DO block's own one included.
bool in_transaction(const Context& context);
/// Whether this part of the migration, or another migration that is new, made it, IF NOT EXISTS left aside.
bool made_in_this_part(const Context& context, const catalog::Origin& origin);
/// Whether the relation holds nobody else's data: made by what is new, or temporary. Unlike `is_harmless`, small tables
/// count as data.
bool is_own(const Context& context, const ir::RelationName& name);
/// The statements of this part before and behind the outermost one that runs now; at most 1,000, so that a huge file stays linear.
std::span<const ir::Statement> statements_before(const Context& context);
std::span<const ir::Statement> statements_behind(const Context& context);
/// Whether a statement behind it that certainly runs has an operation that passes the test.
template <class Wanted>
bool any_later(const Context& context, const Wanted& wanted) {
  return std::ranges::any_of(statements_behind(context), [&](const ir::Statement& later) {
    return later.runs == Tri::yes && std::ranges::any_of(later.steps, [&](const ir::Step& step) { return wanted(step.operation); });
  });
}
/// Whether this part of the migration, or another new one, made a relation, type, sequence or function of that (resolved) name.
bool is_made_here(const Context& context, const ir::QualifiedName& name);
/// The tables with rows of somebody else that the step reads in full.
std::vector<ir::RelationName> tables_read(const Context& context);
/// Whether a later statement of this part certainly drops the table: then that drop is the finding.
bool is_dropped_later(const Context& context, const ir::QualifiedName& table);
/// Whether a later statement of this part makes a relation, type or function of that name: code finds one again.
bool is_made_again(const Context& context, const ir::QualifiedName& name);
/// What a later step of this part, of the same statement too, certainly makes under the name of that column: ADD COLUMN, or RENAME COLUMN to it.
/// Null: nothing.
const ir::Step* column_made_again(const Context& context, const ir::RelationName& table, std::string_view column);
/// Whether PostgreSQL skips the action: ADD COLUMN IF NOT EXISTS of a column that is there.
bool does_nothing(const Context& context, const ir::op::AddColumn& add);
/// A condition that is true for every row: TRUE, 1 = 1, NOT FALSE, and what AND and OR make of them.
bool always_true(const ir::Expr& condition);
/// Whether the part leaves anything to undo: not where it only selects, sets, vacuums, analyzes or locks.
bool changes_anything(std::span<const ir::Statement> statements);
/// The same without what only writes rows.
bool changes_schema(std::span<const ir::Statement> statements);
/// The column's own constraint of that kind; null where it has none.
const ir::Constraint* inline_constraint(const ir::ColumnDef& column, ir::ConstraintKind kind);

/// Where to tell what is wrong with a migration as a whole: at its id or, where that is the name of the file, at the first statement.
Span head_of(const ir::Migration& migration);
/// Where to tell what is wrong with the order: at the id or, where that is the name of the file, at the first statement.
Span place_of(const Context& context, const history::OrderProblem& problem);
/// The path of the first of the other places; empty where there is none.
std::string other_file(const Context& context, const history::OrderProblem& problem);

// ---- words
// --------------------------------------------------------------------------------------------------------------

/// "blocks reads and writes": what waits for the whole statement on the table or, where that is not locked, on whatever
/// is.
std::string blocks(const Context& context, const ir::RelationName& table);
/// "until the index is built", or "until the index is built and the transaction ends" where locks are kept that long.
std::string until(const Context& context, std::string_view done);
/// Reports at the dropped name: "Dropping view mails breaks code that still uses it", `what` being "view"; once a statement, with the names
/// that it drops behind this one.
void report_drop(Context& context, const ir::RelationName& dropped, std::string_view what, bool cascade);
/// "a", "a and b", "a, b and c"; past the fourth "and 7 more".
std::string join_names(const std::vector<std::string>& names);
/// Other tables that the step makes wait, by name.
std::vector<std::string> also_blocked(const Context& context, const ir::RelationName& table);
/// "users.email".
std::string column_of(const Context& context, const ir::RelationName& table, std::string_view column);
/// A condition for some thousand rows of the table, by its primary key: "id BETWEEN 1 AND 10000" where that counts up, a sub-select where it
/// does not, or where there is none. `rest`: the condition of rows that are still to be done; empty: all.
std::string a_batch(const Context& context, const ir::RelationName& table, std::string_view rest);
/// A name for an object that belongs to the table: "users_email_key", cut as PostgreSQL cuts it.
std::string object_name(const ir::RelationName& table, const std::vector<ir::Name>& columns, std::string_view suffix);
/// The constraint's name as written, or the one that PostgreSQL would choose.
std::string constraint_name(const Context& context, const ir::RelationName& table, const ir::Constraint& constraint);
/// The clause without the constraint's name where the source wrote none, as SQL: "FOREIGN KEY (a) REFERENCES b (id)".
std::string constraint_sql(const ir::Constraint& constraint);
/// "(email, lower(name) DESC)", and all of an index behind ON table: "USING gin (tags) WHERE …".
/// Functions that only triggers run: code cannot call what returns trigger, and while a trigger runs it the server refuses to drop it.
bool runs_for_triggers_only(const std::vector<const catalog::Function*>& functions);
std::string index_tail(const ir::op::CreateIndex& index);
/// "CREATE UNIQUE INDEX CONCURRENTLY users_email ON users (email)": the index built so that writes go on, without IF NOT EXISTS.
std::string concurrent_index(const ir::op::CreateIndex& index);
/// How the migration's runner is told to leave a statement alone: "put it into `with
/// op.get_context().autocommit_block():`".
std::string leave_transaction(const Context& context);

/// Help text: steps to write instead, in the language of the migration (SQL, or Alembic's Python).
class Steps {
 public:
  explicit Steps(const Context& context);
  /// A comment on a line of its own.
  Steps& say(std::string_view comment);
  /// A statement, without semicolon. `python`: how Alembic says it; empty: op.execute("…").
  Steps& run(const std::string& sql, const std::string& python = "");
  /// The same, but it cannot run in a transaction block.
  Steps& run_alone(const std::string& sql, const std::string& python = "");
  /// An UPDATE in batches that fills a new column.
  Steps& fill(const Context& context, const ir::RelationName& table, std::string_view column, std::string_view value);
  /// DROP INDEX CONCURRENTLY IF EXISTS of the name that the index is to have: of what a failed build has left.
  Steps& drop_index_concurrently(const ir::op::CreateIndex& index);
  /// The same from another column of the table: its rows without a value are left alone, or the batches would find them for ever.
  Steps& fill_from(const Context& context, const ir::RelationName& table, std::string_view column, std::string_view source, std::string_view value);
  /// CREATE INDEX CONCURRENTLY on the table.
  Steps& build_unique_index(const ir::RelationName& table, const std::vector<ir::Name>& columns,
                            const std::string& name);
  /// ALTER TABLE … ADD CONSTRAINT … NOT VALID, and its VALIDATE in a later migration.
  Steps& add_not_valid(const std::string& table, const std::string& name, const std::string& clause);
  /// ALTER TABLE … ADD CONSTRAINT … CHECK (column IS NOT NULL) NOT VALID and its VALIDATE, or from 18 on the NOT NULL
  /// constraint itself.
  Steps& prove_not_null(const Context& context, const ir::RelationName& table, std::string_view column);
  [[nodiscard]] std::string text() const { return text_; }

 private:
  bool sql_;
  std::string outside_;  ///< how to leave the open transaction; said once
  std::string text_;
};

/// A text as a Python string literal.
std::string python_string(std::string_view text);
/// `"users"`, and `, schema="app"` behind the arguments of an Alembic call where the table has a schema.
std::string python_schema(const ir::RelationName& table);
/// `["a", "b"]`.
std::string python_list(const std::vector<ir::Name>& names);

}  // namespace whimbrel::rule
