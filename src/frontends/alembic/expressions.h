// SQLAlchemy's expression constructs to SQL text, and from there to expressions with spans in the Python file.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/ir/expr.h"
#include "whimbrel/ir/operation.h"
#include "whimbrel/python/value.h"
#include "whimbrel/sql/host_text.h"
#include "whimbrel/sql/sql.h"

namespace whimbrel::alembic {

using python::Value;

/// The SQL of a construct as PostgreSQL's dialect compiles it: text(), func.x(), cast(), columns, operators, constants (a plain
/// string is a SQL string constant). Nothing where it cannot be told.
std::optional<python::Text> sql_text(const Value& value);
/// As sql_text, but a plain string is SQL already: CheckConstraint("a > 0"), postgresql_where=text("…").
std::optional<python::Text> sql_text_or_raw(const Value& value);
/// The text of a string with holes, a bound parameter `:name` in each.
std::optional<python::Text> text_with_holes(const Value& value);

/// A text for the SQL layer. `text` must outlive it.
sql::HostText host_text(const python::Text& text, FileId file);
/// An expression; null where it cannot be told or does not parse.
ir::ExprPtr expression(const std::optional<python::Text>& text, FileId file);
/// The elements of an index or of PARTITION BY, read by the grammar: each of the texts is one.
std::optional<std::vector<ir::IndexElement>> index_elements(const std::vector<python::Text>& texts, FileId file);
/// The one operation of `prefix` + text + `suffix`, where the text is a clause of a larger statement.
std::optional<ir::Operation> operation_around(std::string_view prefix, const python::Text& text, std::string_view suffix, FileId file);

/// 'it''s'
std::string quote_string(std::string_view text);

}  // namespace whimbrel::alembic
