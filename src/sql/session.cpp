// SET and RESET, transactions, DISCARD.
#include "read_names.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

namespace op = ir::op;

/// The values of SET, as the setting would show them; `known` turns false for a value from outside the file.
std::string setting_value(const Reader& reader, std::string_view name, const List* args, bool& known) {
  // Lists of identifiers are shown quoted where they must be (the server's GUC_LIST_QUOTE).
  const bool identifiers = is_keyword(name, "search_path") || is_keyword(name, "temp_tablespaces");
  std::string joined;
  for (const ::Node* arg : Items<>(args)) {
    const std::string value = read_value(reader, arg);
    for (const auto& [masked, source] : reader.masked_names) known = known && source != value;
    if (!joined.empty()) joined += ", ";
    joined += identifiers ? ir::quote_identifier(value) : value;
  }
  return joined;
}

op::SetParameter setting(const Reader& reader, const VariableSetStmt* stmt, TokenIndex name) {
  op::SetParameter op;
  op.local = stmt->is_local;
  op.name = {stmt->name == nullptr ? "" : stmt->name, reader.span(name, reader.name_end(name))};
  switch (stmt->kind) {
    case VAR_SET_VALUE:
      op.value = setting_value(reader, op.name.value, stmt->args, op.known);
      break;
    case VAR_SET_DEFAULT: break;
    case VAR_SET_CURRENT:
    case VAR_SET_MULTI: op.known = false; break;
    case VAR_RESET: op.action = op::ParameterAction::reset; break;
    case VAR_RESET_ALL: op.action = op::ParameterAction::reset_all; break;
  }
  return op;
}

}  // namespace

void read_set(Reader& reader, const VariableSetStmt* stmt, ir::Statement& out) {
  const bool resets = stmt->kind == VAR_RESET || stmt->kind == VAR_RESET_ALL;
  out.kind = resets ? "Reset" : "Set";
  Cursor cursor(reader, 1);
  if (!cursor.accept("local")) cursor.accept("session");
  add_step(out, setting(reader, stmt, cursor.index()), reader.whole());
}

void read_role_setting(Reader& reader, const VariableSetStmt* stmt, ir::Statement& out) {
  TokenIndex word = reader.find(2, reader.count(), "set");
  if (word == reader.count()) word = reader.find(2, reader.count(), "reset");
  op::SetParameter set = setting(reader, stmt, word + 1);
  add_step(out, op::SetRoleParameter{std::move(set.name), std::move(set.value)}, reader.whole());
}

void read_transaction(Reader& reader, const TransactionStmt* stmt, ir::Statement& out) {
  op::Transaction op;
  op.chain = stmt->chain;
  op.savepoint = reader.str(stmt->savepoint_name);
  switch (stmt->kind) {
    case TRANS_STMT_BEGIN:
    case TRANS_STMT_START: out.kind = "Begin"; op.action = op::TransactionAction::begin; break;
    case TRANS_STMT_COMMIT: out.kind = "Commit"; op.action = op::TransactionAction::commit; break;
    case TRANS_STMT_ROLLBACK: out.kind = "Rollback"; op.action = op::TransactionAction::rollback; break;
    case TRANS_STMT_SAVEPOINT: out.kind = "Savepoint"; op.action = op::TransactionAction::savepoint; break;
    case TRANS_STMT_RELEASE: out.kind = "Release"; op.action = op::TransactionAction::release; break;
    case TRANS_STMT_ROLLBACK_TO: out.kind = "RollbackTo"; op.action = op::TransactionAction::rollback_to; break;
    case TRANS_STMT_PREPARE: out.kind = "PrepareTransaction"; op.action = op::TransactionAction::prepare; break;
    case TRANS_STMT_COMMIT_PREPARED: out.kind = "CommitPrepared"; op.action = op::TransactionAction::commit_prepared; break;
    case TRANS_STMT_ROLLBACK_PREPARED: out.kind = "RollbackPrepared"; op.action = op::TransactionAction::rollback_prepared; break;
  }
  add_step(out, std::move(op), reader.whole());
}

void read_discard(Reader& reader, const DiscardStmt* stmt, ir::Statement& out) {
  out.kind = "Discard";
  op::Discard op;
  switch (stmt->target) {
    case DISCARD_ALL: op.what = "all"; break;
    case DISCARD_PLANS: op.what = "plans"; break;
    case DISCARD_SEQUENCES: op.what = "sequences"; break;
    case DISCARD_TEMP: op.what = "temp"; break;
  }
  add_step(out, std::move(op), reader.whole());
}

}  // namespace whimbrel::sql
