// Which files Flyway takes out of its transaction by itself.
#include <algorithm>

#include "read.h"

namespace whimbrel::frontends::sql_files {

namespace {

/// The patterns of Flyway's PostgreSQLParser: `DROP INDEX CONCURRENTLY` is one of them, `REINDEX INDEX CONCURRENTLY` is
/// not.
bool cannot_run_inside(const ir::Operation& operation) {
  return std::visit(ir::Overloaded{
                        [](const ir::op::CreateIndex& index) { return index.concurrently; },
                        [](const ir::op::DropIndex& index) { return index.concurrently; },
                        [](const ir::op::Reindex& reindex) {
                          return reindex.kind == ir::op::ReindexKind::schema ||
                                 reindex.kind == ir::op::ReindexKind::database ||
                                 reindex.kind == ir::op::ReindexKind::system;
                        },
                        [](const ir::op::Vacuum&) { return true; },
                        [](const ir::op::Discard& discard) { return discard.what == "all"; },
                        [](const ir::op::CreateObject& object) {
                          return object.kind == ir::ObjectKind::database || object.kind == ir::ObjectKind::tablespace ||
                                 object.kind == ir::ObjectKind::subscription;
                        },
                        [](const ir::op::DropObject& object) {
                          return object.kind == ir::ObjectKind::database || object.kind == ir::ObjectKind::tablespace ||
                                 object.kind == ir::ObjectKind::subscription;
                        },
                        [](const auto&) { return false; },
                    },
                    operation);
}

bool refuses_transaction(const ir::Statement& statement) {
  return statement.kind == "AlterSystem" ||
         std::ranges::any_of(statement.steps, [](const ir::Step& step) { return cannot_run_inside(step.operation); });
}

}  // namespace

bool is_only_non_transactional(const ir::Part& part) {
  return !part.statements.empty() && std::ranges::all_of(part.statements, refuses_transaction);
}

bool has_non_transactional(const ir::Part& part) { return std::ranges::any_of(part.statements, refuses_transaction); }

}  // namespace whimbrel::frontends::sql_files
