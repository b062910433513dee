// What rules ask before they speak.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "whimbrel/rule/context.h"

namespace whimbrel::rule {

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
/// The enum of that name, where the history knows all its values; else null.
const catalog::Type* find_enum(const Context& context, const ir::QualifiedName& name);
/// Whether a statement of this part, up to this one, has renamed a type to that name.
bool is_type_named_here(const Context& context, std::string_view name);
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
/// Whether only triggers run them: code cannot call what returns trigger, and while a trigger runs it the server refuses to drop it.
bool runs_for_triggers_only(const std::vector<const catalog::Function*>& functions);

}  // namespace whimbrel::rule
