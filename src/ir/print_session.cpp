// Operations on data, sessions and transactions, and what is not known, as lines.
#include "print_parts.h"

namespace whimbrel::ir {

void print(Line& line, const op::Insert& op) {
  line.name(op.table);
  if (!op.columns.empty()) line.word("(" + to_sql(op.columns) + ")");
  line.when(op.from_query, "from query").when(!op.from_query, "rows " + std::to_string(op.rows)).when(op.on_conflict, "on conflict");
  line.query(op.query);
}
void print(Line& line, const op::Update& op) {
  line.name(op.table);
  if (!op.columns.empty()) line.word("(" + to_sql(op.columns) + ")");
  line.clause("where", op.where).when(op.has_where && !op.where, "where ?").when(op.only, "only").query(op.query);
}
void print(Line& line, const op::Delete& op) {
  line.name(op.table).clause("where", op.where).when(op.has_where && !op.where, "where ?").when(op.only, "only").query(op.query);
}
void print(Line& line, const op::Merge& op) { line.name(op.table).query(op.query); }
void print(Line& line, const op::Copy& op) {
  line.name(op.table).word(op.from ? "from" : "to").when(op.program, "program").query(op.query);
}
void print(Line& line, const op::Select& op) { line.query(op.query); }
void print(Line& line, const op::Call& op) { line.name(op.procedure).query(op.query); }

void print(Line& line, const op::Vacuum& op) {
  line.name(op.table).when(op.full, "full").when(op.analyze, "analyze").options(op.options);
}
void print(Line& line, const op::Analyze& op) { line.name(op.table); }
void print(Line& line, const op::Cluster& op) {
  line.name(op.table).clause("using", op.index.value).when(op.repack, "repack").options(op.options);
}
void print(Line& /*line*/, const op::Checkpoint& /*op*/) {}
void print(Line& line, const op::Discard& op) { line.word(op.what); }

void print(Line& line, const op::SetParameter& op) {
  switch (op.action) {
    case op::ParameterAction::set:
      line.when(op.local, "local").word(op.name.value).word("=");
      if (!op.known) {
        line.word("?");
      } else if (op.value.empty()) {
        line.word("default");
      } else {
        line.text(op.value);
      }
      return;
    case op::ParameterAction::reset: line.word("reset").word(op.name.value); return;
    case op::ParameterAction::reset_all: line.word("reset all"); return;
  }
}
void print(Line& line, const op::SetRoleParameter& op) { line.word(op.name.value).word("=").text(op.value); }

void print(Line& line, const op::Transaction& op) {
  switch (op.action) {
    case op::TransactionAction::begin: line.word("begin"); break;
    case op::TransactionAction::commit: line.word("commit"); break;
    case op::TransactionAction::rollback: line.word("rollback"); break;
    case op::TransactionAction::savepoint: line.word("savepoint"); break;
    case op::TransactionAction::release: line.word("release"); break;
    case op::TransactionAction::rollback_to: line.word("rollback to"); break;
    case op::TransactionAction::prepare: line.word("prepare"); break;
    case op::TransactionAction::commit_prepared: line.word("commit prepared"); break;
    case op::TransactionAction::rollback_prepared: line.word("rollback prepared"); break;
  }
  line.name(op.savepoint).when(op.chain, "and chain");
}

void print(Line& line, const op::Do& op) { line.clause("language", op.language).when(!op.body.value.empty(), "body"); }
void print(Line& /*line*/, const op::Notify& /*op*/) {}
void print(Line& line, const op::Explain& op) { line.when(op.analyze, "analyze"); }
void print(Line& line, const op::Prepare& op) { line.name(op.name); }

void print(Line& line, const op::Opaque& op) {
  line.text(op.what);
  for (const RelationName& table : op.touches) line.word("touches").name(table);
  line.when(op.touches_any, "touches any");
}
void print(Line& line, const op::Invalid& op) { line.text(op.message); }

}  // namespace whimbrel::ir
