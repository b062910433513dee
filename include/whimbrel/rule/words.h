// Words that rules share: sentences from measured effects, names, and SQL of parts of statements.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/rule/context.h"

namespace whimbrel::rule {

/// "blocks reads and writes", "blocks writes"; what other sessions wait for under the strongest lock that the effects
/// take on the relation.
std::string blocking_phrase(const facts::Effects& effects, const ir::QualifiedName& relation);
/// "blocks reads and writes": what waits for the whole statement on the table or, where that is not locked, on whatever
/// is.
std::string blocks(const Context& context, const ir::RelationName& table);
/// "until the index is built", or "until the index is built and the transaction ends" where locks are kept that long.
std::string until(const Context& context, std::string_view done);
/// "a", "a and b", "a, b and c"; past the fourth "and 7 more".
std::string join_names(const std::vector<std::string>& names);
/// Other tables that the step makes wait, by name.
std::vector<std::string> also_blocked(const Context& context, const ir::RelationName& table);
/// "users.email".
std::string column_of(const Context& context, const ir::RelationName& table, std::string_view column);
/// A name for an object that belongs to the table: "users_email_key", cut as PostgreSQL cuts it.
std::string object_name(const ir::RelationName& table, const std::vector<ir::Name>& columns, std::string_view suffix);
/// The constraint's name as written, or the one that PostgreSQL would choose.
std::string constraint_name(const Context& context, const ir::RelationName& table, const ir::Constraint& constraint);
/// The clause without the constraint's name where the source wrote none, as SQL: "FOREIGN KEY (a) REFERENCES b (id)".
std::string constraint_sql(const ir::Constraint& constraint);
/// A column or an expression of an index, with all that it is built by: "lower(name) text_pattern_ops DESC".
std::string index_element(const ir::IndexElement& element);
/// "(email, lower(name) DESC)", and all of an index behind ON table: "USING gin (tags) WHERE …".
std::string index_tail(const ir::op::CreateIndex& index);
/// "CREATE UNIQUE INDEX CONCURRENTLY users_email ON users (email)": the index built so that writes go on, without IF NOT EXISTS.
std::string concurrent_index(const ir::op::CreateIndex& index);
/// How the migration's runner is told to leave a statement alone: "put it into `with
/// op.get_context().autocommit_block():`".
std::string leave_transaction(const Context& context);

/// Where to tell what is wrong with a migration as a whole: at its id or, where that is the name of the file, at the first statement.
Span head_of(const ir::Migration& migration);
/// Where to tell what is wrong with the order: at the id or, where that is the name of the file, at the first statement.
Span place_of(const Context& context, const history::OrderProblem& problem);
/// The path of the first of the other places; empty where there is none.
std::string other_file(const Context& context, const history::OrderProblem& problem);

/// A string constant of SQL: 'it''s'.
std::string sql_string(std::string_view text);
/// A text as a Python string literal.
std::string python_string(std::string_view text);
/// `"users"`, and `, schema="app"` behind the arguments of an Alembic call where the table has a schema.
std::string python_schema(const ir::RelationName& table);
/// `["a", "b"]`.
std::string python_list(const std::vector<ir::Name>& names);

}  // namespace whimbrel::rule
