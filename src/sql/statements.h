// One reader for each kind of statement: from the raw tree to the steps of a statement.
#pragma once

#include "reader.h"

namespace whimbrel::sql {

/// Fills kind and steps (and body). Everything that the grammar knows is read: what is not modelled becomes op::Opaque.
void read_statement(Reader& reader, const ::Node* node, ir::Statement& out);

/// Appends a step. Defined in steps.cpp for each alternative: what merely makes operations need not compile the variant's own code.
template <class Alternative>
void add_step(ir::Statement& out, Alternative operation, Span span);
/// A new statement at the end of a list.
ir::Statement& append_statement(std::vector<ir::Statement>& list);

// tables.cpp
void read_create_table(Reader& reader, const CreateStmt* stmt, bool foreign, ir::Statement& out);
void read_create_table_as(Reader& reader, const CreateTableAsStmt* stmt, ir::Statement& out);
void read_select_into(Reader& reader, const SelectStmt* stmt, const IntoClause* into, ir::Statement& out);
void read_truncate(Reader& reader, const TruncateStmt* stmt, ir::Statement& out);
void read_lock(Reader& reader, const LockStmt* stmt, ir::Statement& out);
// alter_table.cpp
void read_alter_table(Reader& reader, const AlterTableStmt* stmt, ir::Statement& out);
void read_move_all(Reader& reader, const AlterTableMoveAllStmt* stmt, ir::Statement& out);
// indexes.cpp
void read_create_index(Reader& reader, const IndexStmt* stmt, ir::Statement& out);
void read_reindex(Reader& reader, const ReindexStmt* stmt, ir::Statement& out);
void read_cluster(Reader& reader, const ClusterStmt* stmt, ir::Statement& out);
void read_vacuum(Reader& reader, const VacuumStmt* stmt, ir::Statement& out);
// drops.cpp
void read_drop(Reader& reader, const DropStmt* stmt, ir::Statement& out);
// renames.cpp
void read_rename(Reader& reader, const RenameStmt* stmt, ir::Statement& out);
void read_set_schema(Reader& reader, const AlterObjectSchemaStmt* stmt, ir::Statement& out);
void read_owner(Reader& reader, const AlterOwnerStmt* stmt, ir::Statement& out);
void read_comment(Reader& reader, const CommentStmt* stmt, ir::Statement& out);
// schema_objects.cpp
void read_create_view(Reader& reader, const ViewStmt* stmt, ir::Statement& out);
void read_refresh(Reader& reader, const RefreshMatViewStmt* stmt, ir::Statement& out);
void read_create_sequence(Reader& reader, const CreateSeqStmt* stmt, ir::Statement& out);
void read_alter_sequence(Reader& reader, const AlterSeqStmt* stmt, ir::Statement& out);
void read_create_schema(Reader& reader, const CreateSchemaStmt* stmt, ir::Statement& out);
void read_create_extension(Reader& reader, const CreateExtensionStmt* stmt, ir::Statement& out);
// types.cpp
void read_create_enum(Reader& reader, const CreateEnumStmt* stmt, ir::Statement& out);
void read_alter_enum(Reader& reader, const AlterEnumStmt* stmt, ir::Statement& out);
void read_composite(Reader& reader, const CompositeTypeStmt* stmt, ir::Statement& out);
void read_create_range(Reader& reader, const CreateRangeStmt* stmt, ir::Statement& out);
void read_create_domain(Reader& reader, const CreateDomainStmt* stmt, ir::Statement& out);
void read_alter_domain(Reader& reader, const AlterDomainStmt* stmt, ir::Statement& out);
// routines.cpp
void read_create_function(Reader& reader, const CreateFunctionStmt* stmt, ir::Statement& out);
void read_create_trigger(Reader& reader, const CreateTrigStmt* stmt, ir::Statement& out);
void read_create_policy(Reader& reader, const CreatePolicyStmt* stmt, ir::Statement& out);
void read_alter_policy(Reader& reader, const AlterPolicyStmt* stmt, ir::Statement& out);
void read_create_rule(Reader& reader, const RuleStmt* stmt, ir::Statement& out);
void read_do(Reader& reader, const DoStmt* stmt, ir::Statement& out);
// data.cpp
void read_select(Reader& reader, const SelectStmt* stmt, ir::Statement& out);
void read_insert(Reader& reader, const InsertStmt* stmt, ir::Statement& out);
void read_update(Reader& reader, const UpdateStmt* stmt, ir::Statement& out);
void read_delete(Reader& reader, const DeleteStmt* stmt, ir::Statement& out);
void read_merge(Reader& reader, const MergeStmt* stmt, ir::Statement& out);
void read_copy(Reader& reader, const CopyStmt* stmt, ir::Statement& out);
void read_call(Reader& reader, const CallStmt* stmt, ir::Statement& out);
void read_explain(Reader& reader, const ExplainStmt* stmt, ir::Statement& out);
// session.cpp
void read_set(Reader& reader, const VariableSetStmt* stmt, ir::Statement& out);
void read_transaction(Reader& reader, const TransactionStmt* stmt, ir::Statement& out);
void read_discard(Reader& reader, const DiscardStmt* stmt, ir::Statement& out);
void read_role_setting(Reader& reader, const VariableSetStmt* stmt, ir::Statement& out);
// grants.cpp
void read_grant(Reader& reader, const GrantStmt* stmt, ir::Statement& out);
void read_grant_role(Reader& reader, const GrantRoleStmt* stmt, ir::Statement& out);
// objects.cpp
/// The kinds without an operation of their own. False for a node that is none of them.
bool read_other_object(Reader& reader, const ::Node* node, ir::Statement& out);

// object_kinds.cpp
ir::ObjectKind object_kind(ObjectType type);
/// "Table", "MaterializedView": the ending of a statement's kind.
std::string_view kind_word(ObjectType type);
/// The object of a generic statement (COMMENT, RENAME, DROP …) as far as its node says: schema and name.
ir::QualifiedName object_name(const Reader& reader, const ::Node* object);

}  // namespace whimbrel::sql
