// The effects of each operation that is no ALTER TABLE action: one function an operation, in the file that its subject
// gives.
#pragma once

#include <set>

#include "gather.h"
#include "whimbrel/ir/migration.h"
#include "world.h"

namespace whimbrel::facts {

/// A statement at work: DROP and TRUNCATE of several relations look at all of them together.
struct Batch {
  const World& world;
  const ir::Statement& statement;
  std::set<QualifiedName> together;

  [[nodiscard]] int version() const { return world.version(); }
};

// create.cpp
void work(const Batch& batch, Gather& gather, const ir::op::CreateTable& op);
void work(const Batch& batch, Gather& gather, const ir::op::CreateTableAs& op);
void work(const Batch& batch, Gather& gather, const ir::op::CreateView& op);
void work(const Batch& batch, Gather& gather, const ir::op::CreateSequence& op);
void work(const Batch& batch, Gather& gather, const ir::op::CreateFunction& op);

// drop.cpp
void work(const Batch& batch, Gather& gather, const ir::op::DropTable& op);
void work(const Batch& batch, Gather& gather, const ir::op::DropView& op);
void work(const Batch& batch, Gather& gather, const ir::op::DropSequence& op);
void work(const Batch& batch, Gather& gather, const ir::op::DropType& op);
void work(const Batch& batch, Gather& gather, const ir::op::DropSchema& op);
void work(const Batch& batch, Gather& gather, const ir::op::DropExtension& op);
void work(const Batch& batch, Gather& gather, const ir::op::DropFunction& op);
void work(const Batch& batch, Gather& gather, const ir::op::DropObject& op);

// indexes.cpp, reindex.cpp
void work(const Batch& batch, Gather& gather, const ir::op::CreateIndex& op);
void work(const Batch& batch, Gather& gather, const ir::op::DropIndex& op);
void work(const Batch& batch, Gather& gather, const ir::op::Reindex& op);

// maintenance.cpp
void work(const Batch& batch, Gather& gather, const ir::op::Truncate& op);
void work(const Batch& batch, Gather& gather, const ir::op::LockTable& op);
void work(const Batch& batch, Gather& gather, const ir::op::RefreshMaterializedView& op);
void work(const Batch& batch, Gather& gather, const ir::op::Vacuum& op);
void work(const Batch& batch, Gather& gather, const ir::op::Analyze& op);
void work(const Batch& batch, Gather& gather, const ir::op::Cluster& op);
void work(const Batch& batch, Gather& gather, const ir::op::MoveAllInTablespace& op);

// data.cpp
void work(const Batch& batch, Gather& gather, const ir::op::Insert& op);
void work(const Batch& batch, Gather& gather, const ir::op::Update& op);
void work(const Batch& batch, Gather& gather, const ir::op::Delete& op);
void work(const Batch& batch, Gather& gather, const ir::op::Merge& op);
void work(const Batch& batch, Gather& gather, const ir::op::Copy& op);
void work(const Batch& batch, Gather& gather, const ir::op::Select& op);
void work(const Batch& batch, Gather& gather, const ir::op::Call& op);

// types_objects.cpp
void work(const Batch& batch, Gather& gather, const ir::op::AddEnumValue& op);
void work(const Batch& batch, Gather& gather, const ir::op::AlterDomain& op);
void work(const Batch& batch, Gather& gather, const ir::op::AlterCompositeType& op);

// objects.cpp
void work(const Batch& batch, Gather& gather, const ir::op::RenameTable& op);
void work(const Batch& batch, Gather& gather, const ir::op::RenameColumn& op);
void work(const Batch& batch, Gather& gather, const ir::op::RenameConstraint& op);
void work(const Batch& batch, Gather& gather, const ir::op::RenameObject& op);
void work(const Batch& batch, Gather& gather, const ir::op::SetSchema& op);
void work(const Batch& batch, Gather& gather, const ir::op::AlterSequence& op);
void work(const Batch& batch, Gather& gather, const ir::op::CreateTrigger& op);
void work(const Batch& batch, Gather& gather, const ir::op::DropTrigger& op);
void work(const Batch& batch, Gather& gather, const ir::op::CreatePolicy& op);
void work(const Batch& batch, Gather& gather, const ir::op::AlterPolicy& op);
void work(const Batch& batch, Gather& gather, const ir::op::DropPolicy& op);
void work(const Batch& batch, Gather& gather, const ir::op::CreateRule& op);
void work(const Batch& batch, Gather& gather, const ir::op::DropRule& op);
void work(const Batch& batch, Gather& gather, const ir::op::Comment& op);
void work(const Batch& batch, Gather& gather, const ir::op::Grant& op);
void work(const Batch& batch, Gather& gather, const ir::op::CreateObject& op);
void work(const Batch& batch, Gather& gather, const ir::op::AlterObject& op);

/// What dropping a relation takes with it; `together`: dropped by the same statement, no hindrance.
void drop_relation(Gather& gather, const World& world, const catalog::Relation& relation, bool cascade,
                   const std::set<QualifiedName>& together);

}  // namespace whimbrel::facts
