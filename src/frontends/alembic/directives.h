// Alembic's operation directives: one function each, in files by theme.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.h"
#include "recorder.h"
#include "types.h"
#include "whimbrel/ir/operation.h"

namespace whimbrel::alembic {

/// One call of a directive.
struct Directive {
  Recorder& recorder;
  Arguments& arguments;
  std::optional<ir::RelationName> batch_table;  ///< inside batch_alter_table: the table, which the call does not name

  [[nodiscard]] const python::Call& call() const { return arguments.call(); }
  [[nodiscard]] Span span() const { return arguments.whole(); }
  /// The relation that a parameter names, with its schema.
  [[nodiscard]] ir::RelationName relation(std::string_view parameter, std::string_view schema = "schema") const;
};

/// A directive: what may be given by position, and what it does.
struct DirectiveInfo {
  std::string_view name;
  std::string_view operation;  ///< the class of the operation object that it makes; empty where a plugin's is its own affair
  std::span<const std::string_view> parameters;
  void (*run)(Directive&) = nullptr;
};

/// The directive of that name; null where there is none (a plugin's).
const DirectiveInfo* find_directive(std::string_view name);
/// The directive whose operation object "alembic.operations.ops.AddColumnOp" is; null where it is none that is known.
const DirectiveInfo* find_operation(std::string_view path);
/// Runs op.name(…); `batch` is the call of batch_alter_table for a directive of a batch.
void run_directive(Recorder& recorder, const DirectiveInfo& info, const python::Call& call, Span span, const Value* batch);

// invoke.cpp
/// Runs the directive of an operation object: op.invoke(AddColumnOp("t", Column(…))).
void invoke(Recorder& recorder, const python::Call& call, Span span);

// tables.cpp
void create_table(Directive& directive);
void drop_table(Directive& directive);
void rename_table(Directive& directive);
void create_table_comment(Directive& directive);
void drop_table_comment(Directive& directive);
/// CREATE TABLE from columns and constraints as create_table takes them; also for Table(…).create(bind).
void create_table_of(Recorder& recorder, Arguments& arguments, const ir::RelationName& table, std::span<const Value> items);

// column_directives.cpp
void add_column(Directive& directive);
void drop_column(Directive& directive);
void alter_column(Directive& directive);

// indexes.cpp
void create_index(Directive& directive);
void drop_index(Directive& directive);
/// Index("name", "column", …) in create_table.
void create_index_of(Recorder& recorder, const python::Call& call, Span span, const ir::RelationName& table);
/// Column(index=True).
void create_column_index(Recorder& recorder, const ir::RelationName& table, const ir::Name& column, bool unique, Span span);

// constraint_directives.cpp
void create_primary_key(Directive& directive);
void create_foreign_key(Directive& directive);
void create_unique_constraint(Directive& directive);
void create_check_constraint(Directive& directive);
void create_exclude_constraint(Directive& directive);
void drop_constraint(Directive& directive);

// data.cpp
void bulk_insert(Directive& directive);
void execute(Directive& directive);
/// A statement given to op.execute, connection.execute or session.execute.
void execute_value(Recorder& recorder, const Value& statement, Span call);
/// SQL that a plugin makes: without parameters, to the last colon.
void execute_sql(Recorder& recorder, const python::Text& text, Span call);

// entities.cpp
void create_entity(Directive& directive);
void replace_entity(Directive& directive);
void drop_entity(Directive& directive);

// enum_plugin.cpp
void sync_enum_values(Directive& directive);
void add_enum_value(Directive& directive);

// core.cpp
/// Insert, Update, Delete and Select constructs; false where the value is none of them.
bool execute_construct(Recorder& recorder, const Value& statement, Span call);
/// The table that a table object stands for: sa.table("t"), sa.Table("t", …), op.create_table("t", …), a class with __tablename__.
std::optional<ir::RelationName> table_of(const Value& value);

// type_directives.cpp
/// .create(bind) and .drop(bind) of types, tables, sequences and indexes; false where it is none of them.
bool create_or_drop(Recorder& recorder, const python::Call& call, Span span);
/// CREATE TYPE for an enum.
void create_enum(Recorder& recorder, const EnumType& type, Span span);

// ---- what they share ----
/// ALTER TABLE with one action.
void alter_table(Recorder& recorder, Span call, Span at, ir::Operation operation);
void comment_on(Recorder& recorder, Span call, ir::ObjectKind kind, const ir::RelationName& table, const ir::Name& column,
                const std::optional<std::string>& text);
/// {"fillfactor": 70} as options.
std::vector<ir::Option> read_options(Arguments& arguments, std::string_view parameter);

}  // namespace whimbrel::alembic
