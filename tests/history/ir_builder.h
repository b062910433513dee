// Hand-made migrations for tests: statements by the operation, spans by counting.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "whimbrel/history/history.h"
#include "whimbrel/ir/migration.h"

namespace whimbrel::testing {

inline FileId file(unsigned number) { return static_cast<FileId>(number); }

/// Every statement made gets the next ten bytes.
inline Span next_span() {
  static std::uint32_t begin = 0;
  begin += 10;
  return {file(0), begin, begin + 9};
}

inline ir::Statement statement(std::string kind, ir::Operation operation) {
  ir::Statement made;
  made.kind = std::move(kind);
  made.span = next_span();
  made.steps.push_back({std::move(operation), made.span});
  return made;
}

inline ir::RelationName relation(std::string name, std::string schema = "") {
  return {{std::move(schema), std::move(name)}, next_span()};
}

inline ir::Statement create_table(const std::string& name) {
  ir::op::CreateTable create;
  create.table = relation(name);
  ir::ColumnDef column;
  column.name = {"id", next_span()};
  column.type.value.name = "integer";
  create.columns.push_back(column);
  return statement("Create", create);
}

inline ir::Statement drop_table(const std::string& name) { return statement("Drop", ir::op::DropTable{.table = relation(name)}); }

inline ir::Statement add_column(const std::string& table, const std::string& column) {
  ir::op::AddColumn add;
  add.table = relation(table);
  add.column.name = {column, next_span()};
  add.column.type.value.name = "integer";
  return statement("AlterTable", add);
}

inline ir::Statement transaction(ir::op::TransactionAction action, std::string savepoint = "", bool chain = false) {
  return statement("Transaction", ir::op::Transaction{.action = action, .savepoint = std::move(savepoint), .chain = chain});
}

inline ir::Statement set(std::string name, std::string value, bool local = false) {
  ir::op::SetParameter parameter;
  parameter.name = {std::move(name), {}};
  parameter.value = std::move(value);
  parameter.local = local;
  return statement("VariableSet", parameter);
}

inline ir::Statement reset(std::string name) {
  ir::op::SetParameter parameter;
  parameter.action = name.empty() ? ir::op::ParameterAction::reset_all : ir::op::ParameterAction::reset;
  parameter.name = {std::move(name), {}};
  return statement("VariableSet", parameter);
}

/// A migration of a runner that orders by version; `number` is its file too.
inline ir::Migration versioned(std::string id, unsigned number, std::vector<ir::Statement> up) {
  ir::Migration migration;
  migration.id = id;
  migration.sort_key = std::move(id);
  migration.id_span = {file(number), 0, 0};
  migration.up.state = ir::PartState::present;
  migration.up.file = file(number);
  migration.up.statements = std::move(up);
  return migration;
}

inline ir::Migration revision(std::string id, std::vector<std::string> parents, unsigned number = 0) {
  ir::Migration migration = versioned(std::move(id), number, {});
  migration.sort_key.clear();
  migration.runner = "alembic";
  migration.parents = std::move(parents);
  migration.down.state = ir::PartState::empty;
  return migration;
}

inline std::vector<std::string> ids(const history::History& history) {
  std::vector<std::string> result;
  for (const ir::Migration& migration : history.migrations) result.push_back(migration.id);
  return result;
}

}  // namespace whimbrel::testing
