// Which reader is for which node of the raw tree.
#include "read_names.h"
#include "read_query.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

namespace op = ir::op;

void prepared(Reader& reader, ir::Statement& out, std::string_view kind, const char* name) {
  out.kind = kind;
  add_step(out, op::Prepare{reader.str(name)}, reader.whole());
}

void notify(Reader& reader, ir::Statement& out, std::string_view kind) {
  out.kind = kind;
  add_step(out, op::Notify{}, reader.whole());
}

/// Sessions and cursors. False for a node that is none of them.
bool read_small(Reader& reader, const ::Node* node, ir::Statement& out) {
  switch (tag_of(node)) {
    case T_VariableShowStmt:
      out.kind = "Show";
      add_step(out, op::Select{}, reader.whole());
      return true;
    case T_CheckPointStmt:
      out.kind = "Checkpoint";
      add_step(out, op::Checkpoint{}, reader.whole());
      return true;
    case T_NotifyStmt: notify(reader, out, "Notify"); return true;
    case T_ListenStmt: notify(reader, out, "Listen"); return true;
    case T_UnlistenStmt: notify(reader, out, "Unlisten"); return true;
    case T_PrepareStmt: prepared(reader, out, "Prepare", as<PrepareStmt>(node)->name); return true;
    case T_ExecuteStmt: prepared(reader, out, "Execute", as<ExecuteStmt>(node)->name); return true;
    case T_DeallocateStmt: prepared(reader, out, "Deallocate", as<DeallocateStmt>(node)->name); return true;
    case T_DeclareCursorStmt: prepared(reader, out, "DeclareCursor", as<DeclareCursorStmt>(node)->portalname); return true;
    case T_FetchStmt: prepared(reader, out, "Fetch", as<FetchStmt>(node)->portalname); return true;
    case T_ClosePortalStmt: prepared(reader, out, "ClosePortal", as<ClosePortalStmt>(node)->portalname); return true;
    default: return false;
  }
}

}  // namespace

void read_statement(Reader& reader, const ::Node* node, ir::Statement& out) {
  switch (tag_of(node)) {
    case T_CreateStmt: return read_create_table(reader, as<CreateStmt>(node), false, out);
    case T_CreateForeignTableStmt: return read_create_table(reader, &as<CreateForeignTableStmt>(node)->base, true, out);
    case T_CreateTableAsStmt: return read_create_table_as(reader, as<CreateTableAsStmt>(node), out);
    case T_TruncateStmt: return read_truncate(reader, as<TruncateStmt>(node), out);
    case T_LockStmt: return read_lock(reader, as<LockStmt>(node), out);
    case T_AlterTableStmt: return read_alter_table(reader, as<AlterTableStmt>(node), out);
    case T_AlterTableMoveAllStmt: return read_move_all(reader, as<AlterTableMoveAllStmt>(node), out);
    case T_IndexStmt: return read_create_index(reader, as<IndexStmt>(node), out);
    case T_ReindexStmt: return read_reindex(reader, as<ReindexStmt>(node), out);
    case T_ClusterStmt: return read_cluster(reader, as<ClusterStmt>(node), out);
    case T_VacuumStmt: return read_vacuum(reader, as<VacuumStmt>(node), out);
    case T_DropStmt: return read_drop(reader, as<DropStmt>(node), out);
    case T_RenameStmt: return read_rename(reader, as<RenameStmt>(node), out);
    case T_AlterObjectSchemaStmt: return read_set_schema(reader, as<AlterObjectSchemaStmt>(node), out);
    case T_AlterOwnerStmt: return read_owner(reader, as<AlterOwnerStmt>(node), out);
    case T_CommentStmt: return read_comment(reader, as<CommentStmt>(node), out);
    case T_ViewStmt: return read_create_view(reader, as<ViewStmt>(node), out);
    case T_RefreshMatViewStmt: return read_refresh(reader, as<RefreshMatViewStmt>(node), out);
    case T_CreateSeqStmt: return read_create_sequence(reader, as<CreateSeqStmt>(node), out);
    case T_AlterSeqStmt: return read_alter_sequence(reader, as<AlterSeqStmt>(node), out);
    case T_CreateSchemaStmt: return read_create_schema(reader, as<CreateSchemaStmt>(node), out);
    case T_CreateExtensionStmt: return read_create_extension(reader, as<CreateExtensionStmt>(node), out);
    case T_CreateEnumStmt: return read_create_enum(reader, as<CreateEnumStmt>(node), out);
    case T_AlterEnumStmt: return read_alter_enum(reader, as<AlterEnumStmt>(node), out);
    case T_CompositeTypeStmt: return read_composite(reader, as<CompositeTypeStmt>(node), out);
    case T_CreateRangeStmt: return read_create_range(reader, as<CreateRangeStmt>(node), out);
    case T_CreateDomainStmt: return read_create_domain(reader, as<CreateDomainStmt>(node), out);
    case T_AlterDomainStmt: return read_alter_domain(reader, as<AlterDomainStmt>(node), out);
    case T_CreateFunctionStmt: return read_create_function(reader, as<CreateFunctionStmt>(node), out);
    case T_CreateTrigStmt: return read_create_trigger(reader, as<CreateTrigStmt>(node), out);
    case T_CreatePolicyStmt: return read_create_policy(reader, as<CreatePolicyStmt>(node), out);
    case T_AlterPolicyStmt: return read_alter_policy(reader, as<AlterPolicyStmt>(node), out);
    case T_RuleStmt: return read_create_rule(reader, as<RuleStmt>(node), out);
    case T_DoStmt: return read_do(reader, as<DoStmt>(node), out);
    case T_SelectStmt: return read_select(reader, as<SelectStmt>(node), out);
    case T_InsertStmt: return read_insert(reader, as<InsertStmt>(node), out);
    case T_UpdateStmt: return read_update(reader, as<UpdateStmt>(node), out);
    case T_DeleteStmt: return read_delete(reader, as<DeleteStmt>(node), out);
    case T_MergeStmt: return read_merge(reader, as<MergeStmt>(node), out);
    case T_CopyStmt: return read_copy(reader, as<CopyStmt>(node), out);
    case T_CallStmt: return read_call(reader, as<CallStmt>(node), out);
    case T_ExplainStmt: return read_explain(reader, as<ExplainStmt>(node), out);
    case T_VariableSetStmt: return read_set(reader, as<VariableSetStmt>(node), out);
    case T_TransactionStmt: return read_transaction(reader, as<TransactionStmt>(node), out);
    case T_DiscardStmt: return read_discard(reader, as<DiscardStmt>(node), out);
    case T_GrantStmt: return read_grant(reader, as<GrantStmt>(node), out);
    case T_GrantRoleStmt: return read_grant_role(reader, as<GrantRoleStmt>(node), out);
    default: break;
  }
  if (read_small(reader, node, out) || read_other_object(reader, node, out)) return;
  // A kind that a newer grammar brought.
  out.kind = "Other";
  add_step(out, op::Opaque{"a statement that is not modelled", {}, true}, reader.whole());
}

}  // namespace whimbrel::sql
