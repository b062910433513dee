// The one operation language: every front end turns its source into these; rules, catalog, locks and reports know nothing else.
//
// The set is closed on purpose. Visitors in ir/print, catalog/apply and facts/effects are exhaustive: an alternative added
// here breaks the build exactly where work is owed. One object an operation: `DROP TABLE a, b` is two steps of one
// statement, `ALTER TABLE` with three actions is three. Names are as written; the catalog resolves them.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "whimbrel/base/lock_mode.h"
#include "whimbrel/base/span.h"
#include "whimbrel/ir/expr.h"
#include "whimbrel/ir/names.h"
#include "whimbrel/ir/table_parts.h"
#include "whimbrel/ir/type_name.h"

namespace whimbrel::ir {

/// What kind of thing a generic CREATE, ALTER, DROP, COMMENT or RENAME is about.
enum class ObjectKind : std::uint8_t {
  table, foreign_table, view, materialized_view, index, sequence, column, constraint, domain_constraint, type, type_attribute, domain,
  function, procedure, aggregate, operator_, operator_class, operator_family, cast, collation, conversion, trigger, event_trigger, rule,
  policy, schema, extension, language, role, database, tablespace, publication, subscription, server, foreign_data_wrapper, user_mapping,
  statistics, text_search, transform, access_method, large_object, default_privileges, property_graph, other,
};
/// "MATERIALIZED VIEW", as in SQL.
std::string_view object_kind_name(ObjectKind kind);

namespace op {

// ---- tables -------------------------------------------------------------------------------------------------------

struct LikeClause {
  RelationName source;
  bool defaults = false, constraints = false, identity = false, generated = false, indexes = false, storage = false, comments = false,
       statistics = false, compression = false;
};

struct CreateTable {
  RelationName table;
  Persistence persistence = Persistence::permanent;
  bool if_not_exists = false;
  bool foreign = false;                      ///< CREATE FOREIGN TABLE
  std::vector<ColumnDef> columns;
  std::vector<Constraint> constraints;       ///< table constraints; inline ones stand in the columns
  std::vector<LikeClause> likes;
  std::vector<RelationName> inherits;
  RelationName partition_of;                 ///< empty: not a partition
  PartitionBound bound;
  PartitionBy partition_by;
  QualifiedName of_type;
  std::vector<Option> options;
  std::string tablespace;
  std::string access_method;
  bool on_commit_drop = false;               ///< of a temporary table
};

/// CREATE TABLE AS, SELECT INTO, CREATE MATERIALIZED VIEW.
struct CreateTableAs {
  RelationName table;
  bool materialized_view = false;
  Persistence persistence = Persistence::permanent;
  bool if_not_exists = false;
  std::vector<std::string> columns;          ///< the explicit column list
  Query query;
  bool with_data = true;
  bool on_commit_drop = false;
};

struct DropTable { RelationName table; bool if_exists = false, cascade = false; };
struct RenameTable { RelationName table; Name new_name; bool if_exists = false; };
struct RenameColumn { RelationName table; Name column, new_name; bool if_exists = false; bool of_view = false; };
struct Truncate { RelationName table; bool only = false, restart_identity = false, cascade = false; };
struct LockTable { RelationName table; LockMode mode = LockMode::access_exclusive; bool only = false, nowait = false; };

// ---- ALTER TABLE, one action each -------------------------------------------------------------------------------------

struct AddColumn { RelationName table; ColumnDef column; bool if_not_exists = false, only = false, if_exists = false; };
struct DropColumn { RelationName table; Name column; bool if_exists = false, cascade = false, only = false; };
struct AlterColumnType { RelationName table; Name column; Located<TypeName> type; ExprPtr using_expr; std::string collation; bool only = false; };
struct SetDefault { RelationName table; Name column; ExprPtr value; bool only = false; };
struct DropDefault { RelationName table; Name column; bool only = false; };
struct SetNotNull { RelationName table; Name column; bool only = false; };
struct DropNotNull { RelationName table; Name column; bool only = false; };
struct AddIdentity { RelationName table; Name column; Identity identity = Identity::by_default; };
struct DropIdentity { RelationName table; Name column; bool if_exists = false; };
struct SetExpression { RelationName table; Name column; ExprPtr expression; };
struct DropExpression { RelationName table; Name column; bool if_exists = false; };
struct AddConstraint { RelationName table; Constraint constraint; bool only = false; };
struct DropConstraint { RelationName table; Name constraint; bool if_exists = false, cascade = false, only = false; };
struct ValidateConstraint { RelationName table; Name constraint; bool only = false; };
/// ALTER CONSTRAINT: deferrability, enforcement, inheritance. Unknown: not written.
struct AlterConstraint { RelationName table; Name constraint; Tri deferrable = Tri::unknown, initially_deferred = Tri::unknown, enforced = Tri::unknown, no_inherit = Tri::unknown; };
struct RenameConstraint { RelationName table; Name constraint, new_name; };
struct AttachPartition { RelationName table; RelationName partition; PartitionBound bound; bool of_index = false; };
struct DetachPartition { RelationName table; RelationName partition; bool concurrently = false, finalize = false; };
struct AlterInherit { RelationName table; RelationName parent; bool inherit = true; };

/// The remaining actions of ALTER TABLE, INDEX, VIEW, MATERIALIZED VIEW, FOREIGN TABLE. `detail` is the action's own word
/// (column, trigger, tablespace, access method, owner, index, role …), `options` the list of SET (…) or RESET (…).
enum class TableAction : std::uint8_t {
  set_logged, set_unlogged, set_tablespace, set_access_method, set_options, reset_options, replace_options,
  cluster_on, set_without_cluster, replica_identity, owner_to, set_without_oids,
  enable_trigger, disable_trigger,          // every form of both: detail = name, ALL or USER; ALWAYS and REPLICA are enable
  enable_rule, disable_rule,
  enable_row_security, disable_row_security, force_row_security, no_force_row_security,
  set_statistics, set_column_options, reset_column_options, set_storage, set_compression, set_identity,
  of_type, not_of, merge_partitions, split_partition, other,
};
struct AlterTable { RelationName table; ObjectKind kind = ObjectKind::table; TableAction action = TableAction::other; Name detail; std::vector<Option> options; bool only = false; };
/// ALTER TABLE ALL IN TABLESPACE old SET TABLESPACE new.
struct MoveAllInTablespace { ObjectKind kind = ObjectKind::table; Name from, to; };

// ---- indexes ----------------------------------------------------------------------------------------------------------

struct CreateIndex {
  RelationName table;
  Name name;                                 ///< empty: PostgreSQL chooses
  Span index_keyword;                        ///< the word INDEX (where CONCURRENTLY goes behind)
  bool unique = false, concurrently = false, if_not_exists = false, only = false, nulls_not_distinct = false;
  std::string method = "btree";
  std::vector<IndexElement> elements;
  std::vector<Name> including;
  ExprPtr predicate;
  std::vector<Option> options;
  std::string tablespace;
};
struct DropIndex { RelationName index; Span index_keyword; bool concurrently = false, if_exists = false, cascade = false; };
enum class ReindexKind : std::uint8_t { index, table, schema, database, system };
struct Reindex { ReindexKind kind = ReindexKind::index; RelationName target; Span kind_keyword; bool concurrently = false; std::vector<Option> options; };

// ---- views, sequences, types, schemas, functions, triggers --------------------------------------------------------------

struct CreateView { RelationName view; bool or_replace = false; Persistence persistence = Persistence::permanent; std::vector<std::string> columns; Query query; std::vector<Option> options; };
struct DropView { RelationName view; bool materialized = false, if_exists = false, cascade = false; };
struct RefreshMaterializedView { RelationName view; bool concurrently = false, with_data = true; };
struct SequenceOptions { std::optional<TypeName> type; RelationName owned_by_table; Name owned_by_column; bool owned_by_none = false, restart = false; std::vector<Option> other; };
struct CreateSequence { RelationName sequence; Persistence persistence = Persistence::permanent; bool if_not_exists = false; SequenceOptions options; };
struct AlterSequence { RelationName sequence; bool if_exists = false; SequenceOptions options; };
struct DropSequence { RelationName sequence; bool if_exists = false, cascade = false; };

enum class TypeForm : std::uint8_t { enum_, composite, range, base, shell };
struct CreateType { RelationName type; TypeForm form = TypeForm::enum_; std::vector<Name> labels; std::vector<ColumnDef> attributes; };
struct AddEnumValue { RelationName type; Name value; Name neighbor; bool after = true, if_not_exists = false; };
struct RenameEnumValue { RelationName type; Name value, new_value; };
struct CreateDomain { RelationName domain; Located<TypeName> type; ExprPtr default_value; bool not_null = false; std::vector<Constraint> constraints; std::string collation; };
enum class DomainAction : std::uint8_t { set_default, drop_default, set_not_null, drop_not_null, add_constraint, drop_constraint, validate_constraint };
struct AlterDomain { RelationName domain; DomainAction action = DomainAction::set_default; ExprPtr value; Constraint constraint; Name constraint_name; bool if_exists = false, cascade = false; };
enum class AttributeAction : std::uint8_t { add, drop, alter_type };
struct AlterCompositeType { RelationName type; AttributeAction action = AttributeAction::add; ColumnDef attribute; bool if_exists = false, cascade = false; };
struct DropType { RelationName type; bool domain = false, if_exists = false, cascade = false; };

struct CreateSchema { Name schema; bool if_not_exists = false; };  ///< its elements are `Statement::body`
struct DropSchema { Name schema; bool if_exists = false, cascade = false; };
struct CreateExtension { Name extension; Name schema; bool if_not_exists = false; std::string version{}; };
struct DropExtension { Name extension; bool if_exists = false, cascade = false; };

enum class Volatility : std::uint8_t { immutable, stable, volatile_ };
struct CreateFunction {
  RelationName function;
  bool procedure = false, or_replace = false, security_definer = false, strict = false;
  Volatility volatility = Volatility::volatile_;   ///< VOLATILE is PostgreSQL's own default
  std::vector<TypeName> arguments;                 ///< IN, INOUT and VARIADIC ones
  TypeName returns;                                ///< "trigger", "void", "record"; unknown for procedures
  bool returns_set = false;
  std::string language;                            ///< lower case
  Located<std::string> body;                       ///< decoded AS string; empty for a SQL-standard body
  std::vector<Option> settings;                    ///< SET name = value
  Query query{};                                   ///< LANGUAGE sql: what the body reads and names, where it could be read
  bool standard_body = false;                      ///< RETURN … or BEGIN ATOMIC (14+): depends on what it names
};
struct DropFunction { RelationName function; bool procedure = false, if_exists = false, cascade = false; std::vector<TypeName> arguments; };
struct CreateTrigger { RelationName table; Name trigger; RelationName function; bool or_replace = false, constraint = false, row = false; std::string timing, events; RelationName constraint_from; std::vector<Name> update_of{}; bool execute_function = false; bool initially_deferred = false; };  ///< UPDATE OF columns; EXECUTE FUNCTION (11+), not PROCEDURE
struct DropTrigger { RelationName table; Name trigger; bool if_exists = false, cascade = false; };
struct CreatePolicy { RelationName table; Name policy; std::string command; bool permissive = true; ExprPtr using_expr, check_expr; Query query{}; };  ///< query: what its sub-selects read
struct AlterPolicy { RelationName table; Name policy; };
struct DropPolicy { RelationName table; Name policy; bool if_exists = false, cascade = false; };
struct CreateRule { RelationName table; Name rule; bool or_replace = false; Query query{}; };  ///< query: what its condition and commands name
struct DropRule { RelationName table; Name rule; bool if_exists = false, cascade = false; };

/// RENAME of what has no operation of its own (index, sequence, view, type, function, schema, attribute …).
/// `sub` is the inner name (attribute, trigger, policy, domain constraint …), `via` the statement's own word: ALTER TABLE idx RENAME locks as a table.
struct RenameObject { ObjectKind kind = ObjectKind::other; RelationName object; Name sub; Name new_name; bool if_exists = false; bool via_alter_table = false; };
struct SetSchema { ObjectKind kind = ObjectKind::table; RelationName object; Name schema; bool if_exists = false; };
struct OwnerTo { ObjectKind kind = ObjectKind::other; RelationName object; Name owner; };   ///< of what is no relation
struct Comment { ObjectKind kind = ObjectKind::table; RelationName object; Name sub; std::optional<std::string> text; };
struct Grant { ObjectKind kind = ObjectKind::table; std::vector<RelationName> objects; std::vector<std::string> privileges; std::vector<std::string> grantees; bool revoke = false, all_in_schema = false; };
/// CREATE, ALTER and DROP of kinds that hold no data and no relation of their own (role, publication, statistics, cast …).
/// `tables` are the relations that the statement names (publication FOR TABLE, statistics FROM). `detail` is the word that facts
/// need: "expression" (statistics), "where" (publication), "tablespace" (database), "nondeterministic" (collation); for an event trigger its function; for SET
/// CONSTRAINTS "deferred" or "immediate", behind "all " where it is about all.
struct CreateObject { ObjectKind kind = ObjectKind::other; RelationName object; std::vector<RelationName> tables; bool if_not_exists = false; std::string detail{}; };
struct AlterObject { ObjectKind kind = ObjectKind::other; RelationName object; std::vector<RelationName> tables; std::string detail{}; };
struct DropObject { ObjectKind kind = ObjectKind::other; RelationName object; bool if_exists = false, cascade = false; };

// ---- data ---------------------------------------------------------------------------------------------------------------

/// A string constant that INSERT or UPDATE gives to the target column of that place (in `columns`; without these in the table).
struct ColumnValue { std::uint32_t column = 0; std::string value; };
/// Distinct ones no longer than a label of an enum can be; of very many the first. `cut`: there are more.
struct ColumnValues { std::vector<ColumnValue> list; bool cut = false; };

struct Insert { RelationName table; std::vector<Name> columns; bool from_query = false; std::uint32_t rows = 0; bool on_conflict = false; Query query; ColumnValues values{}; };
/// `where` null and has_where true: the clause is there, but not read (opaque).
struct Update { RelationName table; std::vector<Name> columns; bool has_where = false; ExprPtr where; bool only = false; Query query; ColumnValues values{}; };
struct Delete { RelationName table; bool has_where = false; ExprPtr where; bool only = false; Query query; };
struct Merge { RelationName table; Query query; };
struct Copy { RelationName table; bool from = true; bool program = false; Query query; };
struct Select { Query query; };
struct Call { RelationName procedure; Query query; };

// ---- maintenance, session, transaction ------------------------------------------------------------------------------------

struct Vacuum { RelationName table; bool full = false, analyze = false; std::vector<Option> options; };   ///< no table: all
struct Analyze { RelationName table; };
struct Cluster { RelationName table; Name index; bool repack = false; std::vector<Option> options; };
struct Checkpoint {};
struct Discard { std::string what; };                         ///< "all", "plans", "sequences", "temp"

enum class ParameterAction : std::uint8_t { set, reset, reset_all };
/// SET, RESET, and SELECT set_config('name', 'value', is_local) with constants. `value` empty: SET … TO DEFAULT or not constant (see `known`).
struct SetParameter { ParameterAction action = ParameterAction::set; Name name; std::string value; bool local = false; bool known = true; };
/// ALTER ROLE | DATABASE … SET: no effect on this session.
struct SetRoleParameter { Name name; std::string value; };

enum class TransactionAction : std::uint8_t { begin, commit, rollback, savepoint, release, rollback_to, prepare, commit_prepared, rollback_prepared };
struct Transaction { TransactionAction action = TransactionAction::begin; std::string savepoint; bool chain = false; };

struct Do { std::string language; Located<std::string> body; };     ///< what could be read of it is `Statement::body`
struct Notify {};                                             ///< LISTEN, UNLISTEN, NOTIFY
struct Explain { bool analyze = false; };                     ///< with ANALYZE the statement inside is `Statement::body`
struct Prepare { std::string name; };                         ///< PREPARE, EXECUTE, DEALLOCATE, DECLARE, FETCH, CLOSE

// ---- the edges of knowledge -------------------------------------------------------------------------------------------------

/// Valid, but not modelled or not readable without running it. `what` says what and why, for a person ("table name is read from a query").
/// The tables it touches become inexact; `touches_any`: which ones cannot be told.
struct Opaque { std::string what; std::vector<RelationName> touches; bool touches_any = false; };
/// Does not parse as `language`: `message` is the parser's own, `at` the token it stopped at.
struct Invalid { std::string message; Span at; std::string language = "PostgreSQL"; };

}  // namespace op

using Operation = std::variant<
    op::CreateTable, op::CreateTableAs, op::DropTable, op::RenameTable, op::RenameColumn, op::Truncate, op::LockTable,
    op::AddColumn, op::DropColumn, op::AlterColumnType, op::SetDefault, op::DropDefault, op::SetNotNull, op::DropNotNull, op::AddIdentity,
    op::DropIdentity, op::SetExpression, op::DropExpression, op::AddConstraint, op::DropConstraint, op::ValidateConstraint,
    op::AlterConstraint, op::RenameConstraint, op::AttachPartition, op::DetachPartition, op::AlterInherit, op::AlterTable,
    op::MoveAllInTablespace, op::CreateIndex, op::DropIndex, op::Reindex, op::CreateView, op::DropView, op::RefreshMaterializedView,
    op::CreateSequence, op::AlterSequence, op::DropSequence, op::CreateType, op::AddEnumValue, op::RenameEnumValue, op::CreateDomain,
    op::AlterDomain, op::AlterCompositeType, op::DropType, op::CreateSchema, op::DropSchema, op::CreateExtension, op::DropExtension,
    op::CreateFunction, op::DropFunction, op::CreateTrigger, op::DropTrigger, op::CreatePolicy, op::AlterPolicy, op::DropPolicy,
    op::CreateRule, op::DropRule, op::RenameObject, op::SetSchema, op::OwnerTo, op::Comment, op::Grant, op::CreateObject, op::AlterObject,
    op::DropObject, op::Insert, op::Update, op::Delete, op::Merge, op::Copy, op::Select, op::Call, op::Vacuum, op::Analyze, op::Cluster,
    op::Checkpoint, op::Discard, op::SetParameter, op::SetRoleParameter, op::Transaction, op::Do, op::Notify, op::Explain, op::Prepare,
    op::Opaque, op::Invalid>;

/// One line that says the operation in full, for `debug operations`, fixtures and the equality of front ends:
/// `AddColumn users.email "character varying(20)" not null default 'x'`. Equal operations give equal lines, wherever they came from.
std::string to_string(const Operation& operation);
/// The alternative's name: "AddColumn".
std::string_view operation_name(const Operation& operation);

/// Helper for std::visit.
template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

}  // namespace whimbrel::ir
