// A migration: statements to go up and to come down, as one file (or a pair of files) says them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "whimbrel/base/span.h"
#include "whimbrel/base/tri.h"
#include "whimbrel/ir/operation.h"

namespace whimbrel::ir {

/// One operation of a statement.
struct Step {
  Operation operation;
  Span span;             ///< the piece of the source that says it: the ALTER TABLE action, the argument, the whole statement
};

/// One statement as PostgreSQL counts it. A DO block, CREATE SCHEMA with elements or EXPLAIN ANALYZE has the statements inside as `body`.
struct Statement {
  std::string kind;             ///< PostgreSQL's statement kind: "AlterTable", "CreateIndex", "Begin", "Do", "Invalid"
  Span span;                    ///< from its first to its last token, semicolon not included; in Python the call
  std::vector<Step> steps;
  std::vector<Statement> body;
  Tri runs = Tri::yes;          ///< unknown: under a condition that cannot be told
  bool autocommit = false;      ///< the source takes it out of the migration's transaction (autocommit_block)
  Span call;                    ///< the call in a host language that runs it (op.execute); empty in SQL. A directive covers both spans
  std::vector<Span> callers{};  ///< the calls of functions of the file that led here, outermost first; those of one place once
  std::string sql;              ///< the statement as SQL where the source is not SQL (Alembic); empty: the source's own text
};

enum class PartState : std::uint8_t {
  present,   ///< has statements, or something that could not be read
  empty,     ///< is there and does nothing (`pass`, an empty Down section, only comments)
  raising,   ///< refuses (raise NotImplementedError …)
  missing,
};

/// How the migration's runner wraps statements. `automatic` in the configuration means: what the recognised runner does.
enum class TransactionMode : std::uint8_t {
  none,           ///< each statement commits alone; the file's own BEGIN … COMMIT counts
  per_migration,  ///< one transaction around the migration
  single,         ///< all pending migrations share one
  implicit,       ///< sent as one simple query: one statement runs alone, several are one implicit transaction
};

/// One direction of a migration.
struct Part {
  PartState state = PartState::missing;
  FileId file{};
  Span span;                       ///< the function, section or whole file; what a finding about its absence points at
  std::vector<Statement> statements;
  std::optional<TransactionMode> transaction;  ///< where this direction says its own (`migrate:down transaction:false`); nothing: the migration's
  bool asks = false;               ///< what it does depends on the schema that it finds (Alembic's inspector): see frontend::FrontEnd::answer
};

enum class Direction : std::uint8_t { up, down };

/// Something that was met and cannot be known statically: counted, shown, never dropped.
struct Unknown {
  Span span;
  std::string reason;
  bool beyond_bounds = false;   ///< not for what it is: there is more of it than is read
  std::optional<Direction> part{};   ///< that it was met in; nothing: outside of both, or that is not told apart
};

/// What the source does that is no operation on the database, for rules about the source itself; that of down parts is not looked at.
struct Remark {
  enum class Kind : std::uint8_t {
    model_import,   ///< `detail`: the application's module
    row_loop,       ///< a loop over the rows of a query that runs SQL for each; `detail`: what it loops over
    dynamic_sql,    ///< SQL whose text is put together from what the run finds; `detail`: the expression that is put in
    psql_command,   ///< a backslash command of psql; `detail`: "\\connect"
  } kind = Kind::model_import;
  Span span;
  std::string detail;
};

struct Migration {
  std::string id;                      ///< Alembic's revision; else the runner's version; else the file's stem
  Span id_span;                        ///< where the id is written; the start of the file where it is the name
  std::vector<std::string> parents;    ///< Alembic's down_revision; empty for runners that order by version
  std::vector<std::string> depends_on; ///< ids, or labels of branches
  std::vector<std::string> labels;     ///< Alembic's branch_labels
  std::string sort_key;                ///< runners that order by version: bytewise order of these is replay order
  std::string runner;                  ///< "alembic", "goose", "flyway", "golang-migrate", "" for plain SQL
  std::string message;                 ///< the docstring or header's first line, if any
  std::string description;             ///< all of the docstring, or of the comments before the first statement that a person wrote
  std::string version;                 ///< what the runner knows it by, where that is less than the id (the number before a name); equal ones collide
  bool repeatable = false;             ///< Flyway's R__: runs after all versions
  bool reruns = false;                 ///< the runner runs it again when its text has changed (R__, Liquibase's runOnChange)
  std::optional<TransactionMode> transaction;  ///< what the file itself or its runner says; nothing: not recognised
  Part up;
  Part down;
  std::vector<Unknown> unknown;
  std::vector<Remark> remarks;         ///< in the order of their places
};

}  // namespace whimbrel::ir
