// ALTER TABLE (INDEX, VIEW, SEQUENCE, MATERIALIZED VIEW, FOREIGN TABLE, TYPE): one step for each of its actions.
#include "read_columns.h"
#include "read_expr.h"
#include "read_names.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

namespace op = ir::op;
using op::TableAction;

/// One action: its words are the tokens [begin, end).
struct Action {
  const Reader& reader;
  const AlterTableCmd* cmd;
  ir::RelationName table;
  ir::ObjectKind kind = ir::ObjectKind::table;
  bool only = false;
  bool if_exists = false;
  TokenIndex begin = 0;
  TokenIndex end = 0;

  [[nodiscard]] bool cascade() const { return cmd->behavior == DROP_CASCADE; }
  [[nodiscard]] bool view() const { return kind == ir::ObjectKind::view || kind == ir::ObjectKind::materialized_view; }

  /// The name behind the action's first words: ALTER [COLUMN] name, DROP CONSTRAINT [IF EXISTS] name.
  [[nodiscard]] ir::Name name() const {
    Cursor cursor(reader, begin + 1);
    for (const std::string_view word : {"row", "level", "always", "replica"}) cursor.accept(word);
    for (const std::string_view word : {"column", "constraint", "attribute", "trigger", "rule", "on", "tablespace", "identity", "method"}) {
      if (reader.is(cursor.index(), word) && cursor.index() + 1 < end) {
        cursor.accept(word);
        break;
      }
    }
    cursor.accept({"if", "not", "exists"});
    cursor.accept({"if", "exists"});
    return reader.name(cmd->name, std::min(cursor.index(), end - 1));
  }

  [[nodiscard]] op::AlterTable generic(TableAction action, ir::Name detail = {}) const {
    op::AlterTable op;
    op.table = table;
    op.kind = kind;
    op.action = action;
    op.detail = std::move(detail);
    op.only = only;
    return op;
  }

  [[nodiscard]] op::AlterTable with_options(TableAction action, ir::Name detail = {}) const {
    op::AlterTable operation = generic(action, std::move(detail));
    if (tag_of(cmd->def) == T_List) operation.options = read_options(reader, as<List>(cmd->def));
    return operation;
  }

  /// Detail: the last word of the action.
  [[nodiscard]] op::AlterTable with_last_name(TableAction action, const char* value) const { return generic(action, reader.name(value, end - 1)); }

  /// Detail: a column, and what it is set to as the option "to".
  [[nodiscard]] op::AlterTable column_setting(TableAction action) const {
    op::AlterTable operation = generic(action, name());
    if (cmd->def != nullptr && tag_of(cmd->def) != T_List) {
      operation.options.push_back({reader.token_span(end - 1), "to", read_value(reader, cmd->def)});
    }
    return operation;
  }
};

op::AddColumn add_column(const Action& action) {
  op::AddColumn op;
  op.table = action.table;
  op.column = read_column(action.reader, as<::ColumnDef>(action.cmd->def), action.end);
  op.if_not_exists = action.cmd->missing_ok;
  op.only = action.only;
  op.if_exists = action.if_exists;
  return op;
}

op::AlterColumnType column_type(const Action& action) {
  const auto* column = as<::ColumnDef>(action.cmd->def);
  op::AlterColumnType op;
  op.table = action.table;
  op.column = action.name();
  op.type = read_located_type(action.reader, column->typeName);
  op.using_expr = read_expr(action.reader, column->raw_default);
  if (column->collClause != nullptr) op.collation = last_name(action.reader, column->collClause->collname);
  op.only = action.only;
  return op;
}

op::AddIdentity add_identity(const Action& action) {
  const auto* clause = as<::Constraint>(action.cmd->def);
  return op::AddIdentity{action.table, action.name(), clause->generated_when == 'a' ? ir::Identity::always : ir::Identity::by_default};
}

op::AlterConstraint alter_constraint(const Action& action) {
  op::AlterConstraint op;
  op.table = action.table;
#if WHIMBREL_PG_MAJOR >= 18
  const auto* alter = as<ATAlterConstraint>(action.cmd->def);
  op.constraint = {action.reader.str(alter->conname), action.reader.token_span(action.begin + 2)};
  if (alter->alterDeferrability) {
    op.deferrable = to_tri(alter->deferrable);
    op.initially_deferred = to_tri(alter->initdeferred);
  }
  if (alter->alterEnforceability) op.enforced = to_tri(alter->is_enforced);
  if (alter->alterInheritability) op.no_inherit = to_tri(alter->noinherit);
#else
  const auto* alter = as<::Constraint>(action.cmd->def);
  op.constraint = {action.reader.str(alter->conname), action.reader.token_span(action.begin + 2)};
  op.deferrable = to_tri(alter->deferrable);
  op.initially_deferred = to_tri(alter->initdeferred);
#endif
  return op;
}

op::AttachPartition attach(const Action& action) {
  const auto* partition = as<PartitionCmd>(action.cmd->def);
  op::AttachPartition op;
  op.table = action.table;
  op.partition = read_relation(action.reader, partition->name);
  op.bound = read_partition_bound(action.reader, partition->bound);
  op.of_index = action.kind == ir::ObjectKind::index;
  return op;
}

op::DetachPartition detach(const Action& action, bool finalize) {
  const auto* partition = as<PartitionCmd>(action.cmd->def);
  return op::DetachPartition{action.table, read_relation(action.reader, partition->name), partition->concurrent, finalize};
}

op::AlterTable replica_identity(const Action& action) {
  const auto* identity = as<ReplicaIdentityStmt>(action.cmd->def);
  if (identity->identity_type == 'i') return action.with_last_name(TableAction::replica_identity, identity->name);
  return action.with_last_name(TableAction::replica_identity, identity->identity_type == 'f' ? "full" : identity->identity_type == 'n' ? "nothing" : "default");
}

void read_action(const Action& action, ir::Statement& out) {
  const auto add = [&](auto operation) { add_step(out, std::move(operation), action.reader.span(action.begin, action.end)); };
  const AlterTableCmd* cmd = action.cmd;
  switch (cmd->subtype) {
    case AT_AddColumn:
    case AT_AddColumnToView: return add(add_column(action));
    case AT_ColumnDefault:
    case AT_CookedColumnDefault:
      if (cmd->def == nullptr) return add(op::DropDefault{action.table, action.name(), action.only});
      return add(op::SetDefault{action.table, action.name(), read_expr(action.reader, cmd->def), action.only});
    case AT_DropNotNull: return add(op::DropNotNull{action.table, action.name(), action.only});
    case AT_SetNotNull: return add(op::SetNotNull{action.table, action.name(), action.only});
    case AT_SetExpression: return add(op::SetExpression{action.table, action.name(), read_expr(action.reader, cmd->def)});
    case AT_DropExpression: return add(op::DropExpression{action.table, action.name(), cmd->missing_ok});
    case AT_SetStatistics: {
      op::AlterTable operation = action.column_setting(TableAction::set_statistics);
      if (cmd->name == nullptr) operation.detail = {std::to_string(cmd->num), action.reader.token_span(action.begin + 2)};
      return add(operation);
    }
    case AT_SetOptions: return add(action.with_options(TableAction::set_column_options, action.name()));
    case AT_ResetOptions: return add(action.with_options(TableAction::reset_column_options, action.name()));
    case AT_SetStorage: return add(action.column_setting(TableAction::set_storage));
    case AT_SetCompression: return add(action.column_setting(TableAction::set_compression));
    case AT_DropColumn: return add(op::DropColumn{action.table, action.name(), cmd->missing_ok, action.cascade(), action.only});
    case AT_AddIndexConstraint:
    case AT_AddConstraint: return add(op::AddConstraint{action.table, read_constraint(action.reader, as<::Constraint>(cmd->def), action.end), action.only});
    case AT_AlterConstraint: return add(alter_constraint(action));
    case AT_ValidateConstraint: return add(op::ValidateConstraint{action.table, action.name(), action.only});
    case AT_DropConstraint: return add(op::DropConstraint{action.table, action.name(), cmd->missing_ok, action.cascade(), action.only});
    case AT_AlterColumnType: return add(column_type(action));
    case AT_AlterColumnGenericOptions: return add(action.with_options(TableAction::set_column_options, action.name()));
    case AT_ChangeOwner: return add(action.with_last_name(TableAction::owner_to, std::string(read_role(cmd->newowner)).c_str()));
    case AT_ClusterOn: return add(action.with_last_name(TableAction::cluster_on, cmd->name));
    case AT_DropCluster: return add(action.generic(TableAction::set_without_cluster));
    case AT_SetLogged: return add(action.generic(TableAction::set_logged));
    case AT_SetUnLogged: return add(action.generic(TableAction::set_unlogged));
    case AT_DropOids: return add(action.generic(TableAction::set_without_oids));
    case AT_SetAccessMethod: return add(action.with_last_name(TableAction::set_access_method, cmd->name == nullptr ? "default" : cmd->name));
    case AT_SetTableSpace: return add(action.with_last_name(TableAction::set_tablespace, cmd->name));
    case AT_SetRelOptions: return add(action.with_options(TableAction::set_options));
    case AT_ResetRelOptions: return add(action.with_options(TableAction::reset_options));
    case AT_ReplaceRelOptions: return add(action.with_options(TableAction::replace_options));
    case AT_EnableTrig:
    case AT_EnableAlwaysTrig:
    case AT_EnableReplicaTrig: return add(action.with_last_name(TableAction::enable_trigger, cmd->name));
    case AT_EnableTrigAll: return add(action.with_last_name(TableAction::enable_trigger, "ALL"));
    case AT_EnableTrigUser: return add(action.with_last_name(TableAction::enable_trigger, "USER"));
    case AT_DisableTrig: return add(action.with_last_name(TableAction::disable_trigger, cmd->name));
    case AT_DisableTrigAll: return add(action.with_last_name(TableAction::disable_trigger, "ALL"));
    case AT_DisableTrigUser: return add(action.with_last_name(TableAction::disable_trigger, "USER"));
    case AT_EnableRule:
    case AT_EnableAlwaysRule:
    case AT_EnableReplicaRule: return add(action.with_last_name(TableAction::enable_rule, cmd->name));
    case AT_DisableRule: return add(action.with_last_name(TableAction::disable_rule, cmd->name));
    case AT_AddInherit: return add(op::AlterInherit{action.table, read_relation(action.reader, as<RangeVar>(cmd->def)), true});
    case AT_DropInherit: return add(op::AlterInherit{action.table, read_relation(action.reader, as<RangeVar>(cmd->def)), false});
    case AT_AddOf: return add(action.with_last_name(TableAction::of_type, last_name(action.reader, as<::TypeName>(cmd->def)->names).c_str()));
    case AT_DropOf: return add(action.generic(TableAction::not_of));
    case AT_ReplicaIdentity: return add(replica_identity(action));
    case AT_EnableRowSecurity: return add(action.generic(TableAction::enable_row_security));
    case AT_DisableRowSecurity: return add(action.generic(TableAction::disable_row_security));
    case AT_ForceRowSecurity: return add(action.generic(TableAction::force_row_security));
    case AT_NoForceRowSecurity: return add(action.generic(TableAction::no_force_row_security));
    case AT_GenericOptions: return add(action.with_options(TableAction::set_options));
    case AT_AttachPartition: return add(attach(action));
    case AT_DetachPartition: return add(detach(action, false));
    case AT_DetachPartitionFinalize: return add(detach(action, true));
    case AT_AddIdentity: return add(add_identity(action));
    case AT_SetIdentity: {
      op::AlterTable operation = action.with_options(TableAction::set_identity, action.name());
      for (ir::Option& option : operation.options) {
        if (option.name == "generated") option.value = option.value == std::to_string('a') ? "always" : "by default";
      }
      return add(std::move(operation));
    }
    case AT_DropIdentity: return add(op::DropIdentity{action.table, action.name(), cmd->missing_ok});
    case AT_AddIndex:  // these the grammar never makes
    case AT_ReAddIndex:
    case AT_ReAddConstraint:
    case AT_ReAddDomainConstraint:
    case AT_ReAddComment:
    case AT_ReAddStatistics:
#if WHIMBREL_PG_MAJOR < 18
    case AT_CheckNotNull:
#endif
      break;
  }
  add(action.generic(TableAction::other));
}

op::AlterCompositeType read_attribute(const Action& action) {
  op::AlterCompositeType op;
  op.type = action.table;
  op.cascade = action.cascade();
  op.if_exists = action.cmd->missing_ok;
  switch (action.cmd->subtype) {
    case AT_DropColumn: op.action = op::AttributeAction::drop; break;
    case AT_AlterColumnType: op.action = op::AttributeAction::alter_type; break;
    default: op.action = op::AttributeAction::add; break;
  }
  if (const auto* column = as<::ColumnDef>(action.cmd->def); column != nullptr && action.cmd->subtype == AT_AddColumn) {
    op.attribute = read_column(action.reader, column, action.end);
  } else {
    op.attribute.name = action.name();
    op.attribute.span = action.reader.span(action.begin, action.end);
    if (column != nullptr) op.attribute.type = read_located_type(action.reader, column->typeName);
  }
  return op;
}

}  // namespace

void read_alter_table(Reader& reader, const AlterTableStmt* stmt, ir::Statement& out) {
  out.kind = "Alter" + std::string(kind_word(stmt->objtype));
  TokenIndex i = reader.name_end(reader.at(stmt->relation->location));
  if (reader.is_symbol(i, ')')) ++i;          // ONLY (t)
  if (reader.word(i) == "*") ++i;
  const ir::RelationName table = read_relation(reader, stmt->relation);
  for (const AlterTableCmd* cmd : Items<AlterTableCmd>(stmt->cmds)) {
    Action action{reader, cmd, table, object_kind(stmt->objtype), !stmt->relation->inh, stmt->missing_ok, i, reader.list_end(i)};
    if (stmt->objtype == OBJECT_TYPE) {
      add_step(out, read_attribute(action), reader.span(action.begin, action.end));
    } else {
      read_action(action, out);
    }
    i = action.end + 1;
  }
}

void read_move_all(Reader& reader, const AlterTableMoveAllStmt* stmt, ir::Statement& out) {
  out.kind = "AlterTableMoveAll";
  op::MoveAllInTablespace op;
  op.kind = object_kind(stmt->objtype);
  const TokenIndex from = reader.find(0, reader.count(), "tablespace");
  op.from = reader.name(stmt->orig_tablespacename, from + 1);
  op.to = reader.name(stmt->new_tablespacename, reader.find(from + 1, reader.count(), "tablespace") + 1);
  add_step(out, std::move(op), reader.whole());
}

}  // namespace whimbrel::sql
