// The objects of a schema as a replayed history leaves them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "whimbrel/base/span.h"
#include "whimbrel/base/tri.h"
#include "whimbrel/catalog/list.h"
#include "whimbrel/ir/expr.h"
#include "whimbrel/ir/operation.h"
#include "whimbrel/ir/table_parts.h"
#include "whimbrel/ir/type_name.h"

namespace whimbrel::catalog {

using ir::ExprPtr;
using ir::QualifiedName;

/// When and where an object was made. The replay numbers them: `part` differs between any two parts (up or down) of any two
/// migrations (from 1 on; 0: before the history), `transaction` between any two transactions.
struct Origin {
  std::uint32_t part = 0;
  std::uint64_t transaction = 0;
  Span span;
};

struct Column {
  std::string name;
  ir::TypeName type;
  Tri not_null = Tri::no;              ///< unknown: an opaque statement touched the table
  Tri not_null_validated = Tri::yes;   ///< no: a NOT VALID not-null constraint (18+)
  ExprPtr default_value;
  ir::Identity identity = ir::Identity::none;
  ir::Generated generated = ir::Generated::none;
  ExprPtr generation;
  std::string collation;
  std::string not_null_name;           ///< the constraint that 18 keeps for it, where no named one is in the table's list
  std::string owned_sequence;          ///< of serial and identity, as "schema.name"
  bool inherited = false;              ///< from a parent (partition or INHERITS)
  bool local = true;                   ///< its own too: stays when the parent loses it
  Origin origin;
};

struct Constraint {
  std::string name;
  ir::ConstraintKind kind = ir::ConstraintKind::check;
  std::vector<std::string> columns;    ///< CHECK: the columns that it names
  ExprPtr expr;
  QualifiedName references;            ///< resolved where known
  std::vector<std::string> referenced_columns;
  ir::ReferentialAction on_delete = ir::ReferentialAction::no_action;
  ir::ReferentialAction on_update = ir::ReferentialAction::no_action;
  std::string index;                   ///< name of the backing index, in the table's schema
  std::vector<std::string> operators;  ///< exclusion: one for each element of the index
  bool match_full = false;
  bool validated = true;
  bool enforced = true;
  bool no_inherit = false;
  bool deferrable = false;
  bool initially_deferred = false;
  bool inherited = false;
  bool local = true;                   ///< its own too: stays when the parent loses it
  Origin origin;
};

struct IndexColumn {
  std::string column;                  ///< empty for an expression
  ExprPtr expr;
  std::string collation;
  std::string opclass;
  bool descending = false;
  bool nulls_first = false;
  std::string label{};                 ///< its own name, given when the index was made: indexes of new partitions are named by it
};

struct Index {
  QualifiedName name;
  QualifiedName table;
  std::string method = "btree";
  std::vector<IndexColumn> columns;
  std::vector<std::string> including;
  ExprPtr predicate;
  bool unique = false;
  bool nulls_not_distinct = false;
  Tri valid = Tri::yes;
  bool partitioned = false;            ///< an index of a partitioned table
  QualifiedName parent;                ///< the partitioned index that it belongs to
  std::string constraint;              ///< the constraint that it backs
  std::vector<ir::Option> options;
  std::string tablespace;
  bool exact = true;                   ///< false: it may have been made or dropped, that cannot be told
  Origin origin;
};

enum class RelationKind : std::uint8_t { table, partitioned_table, foreign_table, view, materialized_view };

/// A trigger, policy, rule or statistics object: only what statements lock and depend on.
struct Attached {
  enum class Kind : std::uint8_t { trigger, policy, rule, statistics } kind = Kind::trigger;
  std::string name;
  QualifiedName function;
  bool for_each_row = false;               ///< triggers: those of a partitioned table are on its partitions too
  std::vector<std::string> columns{};      ///< columns of the table that it names: UPDATE OF, policy and rule expressions
  std::string schema{};                    ///< statistics: their own; the others are in no schema
  std::string events{};                    ///< triggers: "insert or update"; permissive policies: "all", "select"; empty: restrictive ones
  bool initially_deferred = false;         ///< constraint triggers
  Origin origin;
};

/// Tables, partitioned and foreign ones, views and materialized views.
struct Relation {
  QualifiedName name;
  RelationKind kind = RelationKind::table;
  ir::Persistence persistence = ir::Persistence::permanent;
  List<Column> columns;
  List<Constraint> constraints;
  List<QualifiedName> indexes;             ///< in the catalog's index map
  std::vector<QualifiedName> parents;      ///< INHERITS or the partitioned parent
  List<QualifiedName> children;
  bool is_partition = false;
  ir::PartitionBound bound;
  ir::PartitionBy partition_by;
  std::vector<QualifiedName> reads;        ///< views: relations that the query names
  Span definition{};                       ///< views: their query, as last defined
  std::vector<ir::ColumnUse> read_columns{}; ///< views: columns that the query names, their relations resolved; empty: not known
  std::vector<QualifiedName> calls{};      ///< views: functions of the history that the query calls, resolved; sorted
  QualifiedName of_type{};                 ///< CREATE TABLE … OF type
  List<Attached> attached;
  std::string tablespace;
  std::string access_method;
  std::vector<ir::Option> options;
  bool row_security = false;
  bool force_row_security = false;
  bool has_replica_identity = false;       ///< another one than its primary key: FULL or an index
  std::uint64_t emptied = 0;               ///< the transaction whose TRUNCATE it is since which no row came; 0: none
  bool presumed = false;                   ///< no statement of the history made it: it most likely exists
  bool on_commit_drop = false;             ///< a temporary table that ends with its transaction
  bool populated = true;                   ///< materialized views
  bool exact = true;                       ///< false: an opaque statement may have changed it, or it is only presumed to exist
  Origin origin;

  [[nodiscard]] const Column* find_column(std::string_view column) const;
  [[nodiscard]] Column* edit_column(std::string_view column);
  [[nodiscard]] const Constraint* find_constraint(std::string_view constraint) const;
  [[nodiscard]] Constraint* edit_constraint(std::string_view constraint);
  [[nodiscard]] const Constraint* primary_key() const;
};

struct Sequence {
  QualifiedName name;
  ir::TypeName type;
  QualifiedName owner_table;
  std::string owner_column;
  ir::Persistence persistence = ir::Persistence::permanent;
  bool exact = true;
  Origin origin;
};

struct Type {
  QualifiedName name;
  bool domain = false;
  ir::op::TypeForm form = ir::op::TypeForm::enum_;
  std::vector<std::string> labels;
  std::vector<Column> attributes;
  ir::TypeName base;                       ///< domains
  bool not_null = false;
  std::vector<Constraint> constraints;
  ExprPtr default_value;
  std::vector<Origin> label_origins;       ///< of each label: a value added in this transaction cannot be used
  std::string extension;                   ///< the extension that brought it
  bool exact = true;
  Origin origin;
};

struct Function {
  QualifiedName name;
  bool procedure = false;
  ir::op::Volatility volatility = ir::op::Volatility::volatile_;
  std::vector<ir::TypeName> arguments;
  ir::TypeName returns;
  std::string language;
  std::string body;
  bool strict = false;
  std::vector<QualifiedName> reads{};      ///< relations that a body in standard SQL names: it depends on them
  std::vector<std::string> read_columns{};
  std::string extension;                   ///< the extension that brought it
  Origin origin;
};

}  // namespace whimbrel::catalog
