// What tables are made of, as written: columns, constraints, index elements, partition bounds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "whimbrel/base/span.h"
#include "whimbrel/base/tri.h"
#include "whimbrel/ir/expr.h"
#include "whimbrel/ir/names.h"
#include "whimbrel/ir/select_shape.h"
#include "whimbrel/ir/type_name.h"

namespace whimbrel::ir {

enum class ConstraintKind : std::uint8_t { primary_key, unique, foreign_key, check, exclusion, not_null };
enum class ReferentialAction : std::uint8_t { no_action, restrict, cascade, set_null, set_default };
enum class Identity : std::uint8_t { none, always, by_default };
enum class Generated : std::uint8_t { none, stored, virtual_ };
enum class Serial : std::uint8_t { none, small, normal, big };
enum class Persistence : std::uint8_t { permanent, unlogged, temporary };

/// A table constraint, or a column's own one (then `columns` has that column).
struct Constraint {
  Span span;                        ///< the whole clause, CONSTRAINT name included
  ConstraintKind kind = ConstraintKind::check;
  Name name;                        ///< empty: PostgreSQL chooses
  std::vector<Name> columns;        ///< key or referencing columns; NOT NULL's column
  std::vector<Name> including;
  ExprPtr expr;                     ///< CHECK
  RelationName references;          ///< FOREIGN KEY
  std::vector<Name> referenced_columns;  ///< empty: the primary key
  ReferentialAction on_delete = ReferentialAction::no_action;
  ReferentialAction on_update = ReferentialAction::no_action;
  Name using_index;                 ///< UNIQUE | PRIMARY KEY USING INDEX
  std::string method;               ///< EXCLUDE USING method
  std::vector<std::string> operators;  ///< EXCLUDE: one for each element
  std::vector<std::string> opclasses{};  ///< EXCLUDE: one for each element; empty: the default one
  bool not_valid = false;
  bool not_enforced = false;
  bool no_inherit = false;
  bool deferrable = false;
  bool initially_deferred = false;
  bool nulls_not_distinct = false;
  bool without_overlaps = false;
  bool match_full = false;          ///< FOREIGN KEY … MATCH FULL
};

/// A column as written in CREATE TABLE or ADD COLUMN. Its inline constraints stand in `constraints`, spans of their own.
struct ColumnDef {
  Span span;                        ///< from its name to its last clause
  Name name;
  Located<TypeName> type;
  Serial serial = Serial::none;     ///< type is then the integer type that it stands for
  std::optional<Span> not_null;     ///< an explicit NOT NULL (also PRIMARY KEY implies it, see constraints)
  bool explicit_null = false;
  ExprPtr default_value;            ///< DEFAULT, null when none; `DEFAULT NULL` is an Expr of kind null
  Span default_span;                ///< the whole clause
  Identity identity = Identity::none;
  Generated generated = Generated::none;
  ExprPtr generation;
  Span generation_span;             ///< GENERATED … clause (identity or expression)
  std::string collation;
  std::string storage;
  std::string compression;
  std::vector<Constraint> constraints;  ///< inline PRIMARY KEY, UNIQUE, CHECK, REFERENCES; NOT NULL with a name
};

/// A column or an expression of an index.
struct IndexElement {
  Span span;
  std::string column;               ///< empty for an expression
  ExprPtr expr;
  std::string collation;
  std::string opclass;
  bool descending = false;
  Tri nulls_first = Tri::unknown;   ///< unknown: not written
};

enum class PartitionStrategy : std::uint8_t { none, range, list, hash };

struct PartitionBy {
  PartitionStrategy strategy = PartitionStrategy::none;
  std::vector<IndexElement> keys;
};

struct PartitionBound {
  Span span;
  bool is_default = false;
  PartitionStrategy strategy = PartitionStrategy::none;
  std::vector<ExprPtr> values;      ///< IN (…)
  std::vector<ExprPtr> from;        ///< MINVALUE and MAXVALUE are columns of that name
  std::vector<ExprPtr> to;
  std::int32_t modulus = 0;
  std::int32_t remainder = 0;
};

/// A storage or session option: name = value, as written.
struct Option {
  Span span;
  std::string name;                 ///< "fillfactor", "toast.autovacuum_enabled"
  std::string value;                ///< empty where none was written
};

/// A column that a query names. `relation` is the one it belongs to; empty where that cannot be told (no qualifier and several
/// relations). `column` is "*" where a star stands.
struct ColumnUse {
  QualifiedName relation;
  std::string column;
  friend bool operator==(const ColumnUse&, const ColumnUse&) = default;
};

/// What a query (SELECT, or the query inside another statement) touches, as far as names go.
struct Query {
  Span span;
  std::vector<RelationName> reads;   ///< relations in FROM, sub-selects and CTE bodies; CTE names are not in it
  std::vector<RelationName> writes;  ///< data-modifying CTEs
  std::vector<ExprPtr> calls;        ///< function calls anywhere in it (kind call)
  std::vector<std::string> output;   ///< output column names, "?column?" where PostgreSQL says so; empty with a star
  bool has_where = false;
  bool has_limit = false;
  bool unaliased = false;            ///< a sub-select in FROM has no alias (16+)
  bool for_update = false;           ///< FOR UPDATE/SHARE: ROW SHARE on what it reads
  SelectShapePtr shape{};            ///< what its columns are: of views and of tables made from queries only
  std::vector<ColumnUse> columns{};  ///< columns that it names anywhere; those of sub-selects' aliases are not in it
};

}  // namespace whimbrel::ir
