// sa.Column(…) and the constraints beside it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "arguments.h"
#include "recorder.h"
#include "types.h"
#include "whimbrel/ir/table_parts.h"

namespace whimbrel::alembic {

/// A column as SQLAlchemy understands it: what of it PostgreSQL gets in the column and what becomes a statement of its own.
struct Column {
  ir::ColumnDef def;
  bool primary_key = false;
  bool nullable_given = false;
  bool nullable = true;
  bool unique = false;
  bool index = false;
  Span unique_span;
  Span index_span;
  std::vector<ir::Constraint> foreign_keys;        ///< become table constraints
  std::optional<ir::Name> comment;
  std::optional<EnumType> enum_type;
  std::optional<bool> autoincrement;               ///< nothing: "auto"
  bool integer = false;                            ///< may be a serial
  bool has_default = false;                        ///< of the server or of Python: then it is no serial
};

/// Reads a Column(…). Nothing, and `problem`, where it is none or its name cannot be told. What else cannot be told is said to
/// the recorder and left out.
std::optional<Column> read_column(Recorder& recorder, const Value& value, std::string& problem);
/// A server_default as a DEFAULT's expression; null (said to the recorder) where it cannot be told.
ir::ExprPtr read_default(Recorder& recorder, const Value& value);
/// Makes `column` the table's serial column where SQLAlchemy does: the only primary key column, an integer, without default and
/// foreign key (`referencing`). dialects/postgresql/base.py, PGDDLCompiler.get_column_specification.
void settle_column(Column& column, bool only_key, bool referencing);

/// A constraint without options.
ir::Constraint make_constraint(ir::ConstraintKind kind, Span span, std::vector<ir::Name> columns = {});
/// A constraint in create_table. `columns` empty for CHECK. Nothing where it is none, or use_alter leaves it out.
std::optional<ir::Constraint> read_constraint(Recorder& recorder, const Value& value);
/// Deferrability, match and PostgreSQL's own arguments, which all kinds of constraints share.
void read_constraint_options(Arguments& arguments, ir::Constraint& constraint);
ir::ReferentialAction referential_action(Arguments& arguments, std::string_view parameter);
/// EXCLUDE constraints, read by the grammar from SQLAlchemy's text.
std::optional<ir::Constraint> read_exclusion(Recorder& recorder, Arguments& arguments, std::span<const Value> elements);
/// "schema.table.column" → relation and column.
bool split_target(std::string_view target, ir::QualifiedName& table, std::string& column);

}  // namespace whimbrel::alembic
