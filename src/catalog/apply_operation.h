// One function for each operation that changes the catalog; apply.cpp lists those that do not.
#pragma once

#include "change.h"

namespace whimbrel::catalog {

// create_table.cpp, create_table_as in views.cpp
void apply_operation(Change& change, const op::CreateTable& written);
void apply_operation(Change& change, const op::CreateTableAs& written);
// drop.cpp
void apply_operation(Change& change, const op::DropTable& written);
void apply_operation(Change& change, const op::DropView& written);
void apply_operation(Change& change, const op::DropColumn& written);
void apply_operation(Change& change, const op::DropConstraint& written);
void apply_operation(Change& change, const op::DropSequence& written);
// rename.cpp
void apply_operation(Change& change, const op::RenameTable& written);
void apply_operation(Change& change, const op::RenameObject& written);
void apply_operation(Change& change, const op::SetSchema& written);
// rename_parts.cpp
void apply_operation(Change& change, const op::RenameColumn& written);
void apply_operation(Change& change, const op::RenameConstraint& written);
// columns.cpp
void apply_operation(Change& change, const op::AddColumn& written);
// alter_column.cpp
void apply_operation(Change& change, const op::AlterColumnType& written);
void apply_operation(Change& change, const op::SetDefault& written);
void apply_operation(Change& change, const op::DropDefault& written);
void apply_operation(Change& change, const op::SetNotNull& written);
void apply_operation(Change& change, const op::DropNotNull& written);
void apply_operation(Change& change, const op::AddIdentity& written);
void apply_operation(Change& change, const op::DropIdentity& written);
void apply_operation(Change& change, const op::SetExpression& written);
void apply_operation(Change& change, const op::DropExpression& written);
// alter_table.cpp
void apply_operation(Change& change, const op::AddConstraint& written);
void apply_operation(Change& change, const op::ValidateConstraint& written);
void apply_operation(Change& change, const op::AlterConstraint& written);
void apply_operation(Change& change, const op::AlterTable& written);
void apply_operation(Change& change, const op::MoveAllInTablespace& written);
// partitions.cpp
void apply_operation(Change& change, const op::AttachPartition& written);
void apply_operation(Change& change, const op::DetachPartition& written);
void apply_operation(Change& change, const op::AlterInherit& written);
// indexes.cpp
void apply_operation(Change& change, const op::CreateIndex& written);
void apply_operation(Change& change, const op::DropIndex& written);
// views.cpp
void apply_operation(Change& change, const op::CreateView& written);
void apply_operation(Change& change, const op::RefreshMaterializedView& written);
// sequences.cpp
void apply_operation(Change& change, const op::CreateSequence& written);
void apply_operation(Change& change, const op::AlterSequence& written);
// types.cpp
void apply_operation(Change& change, const op::CreateType& written);
void apply_operation(Change& change, const op::AddEnumValue& written);
void apply_operation(Change& change, const op::RenameEnumValue& written);
void apply_operation(Change& change, const op::CreateDomain& written);
void apply_operation(Change& change, const op::AlterDomain& written);
void apply_operation(Change& change, const op::AlterCompositeType& written);
void apply_operation(Change& change, const op::DropType& written);
// schemas.cpp
void apply_operation(Change& change, const op::CreateSchema& written);
void apply_operation(Change& change, const op::DropSchema& written);
void apply_operation(Change& change, const op::CreateExtension& written);
void apply_operation(Change& change, const op::DropExtension& written);
// functions.cpp
void apply_operation(Change& change, const op::CreateFunction& written);
void apply_operation(Change& change, const op::DropFunction& written);
void apply_operation(Change& change, const op::CreateTrigger& written);
void apply_operation(Change& change, const op::DropTrigger& written);
void apply_operation(Change& change, const op::CreatePolicy& written);
void apply_operation(Change& change, const op::AlterPolicy& written);
void apply_operation(Change& change, const op::DropPolicy& written);
void apply_operation(Change& change, const op::CreateRule& written);
void apply_operation(Change& change, const op::DropRule& written);
// statistics.cpp
void apply_operation(Change& change, const op::CreateObject& written);
void apply_operation(Change& change, const op::DropObject& written);
// session.cpp
void apply_operation(Change& change, const op::SetParameter& written);
void apply_operation(Change& change, const op::Discard& written);
void apply_operation(Change& change, const op::Opaque& written);
void apply_operation(Change& change, const op::Invalid& written);
// session.cpp: they change no object, but name relations that the history may not know
void apply_operation(Change& change, const op::Truncate& written);
void apply_operation(Change& change, const op::LockTable& written);
void apply_operation(Change& change, const op::Insert& written);
void apply_operation(Change& change, const op::Update& written);
void apply_operation(Change& change, const op::Delete& written);
void apply_operation(Change& change, const op::Merge& written);
void apply_operation(Change& change, const op::Copy& written);
void apply_operation(Change& change, const op::Cluster& written);

// What leaves the catalog as it is. Named one by one: a new operation must be thought of.
inline void apply_operation(Change& /*unused*/, const op::Reindex& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::OwnerTo& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::Comment& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::Grant& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::AlterObject& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::Select& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::Call& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::Vacuum& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::Analyze& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::Checkpoint& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::SetRoleParameter& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::Transaction& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::Do& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::Notify& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::Explain& /*unused*/) {}
inline void apply_operation(Change& /*unused*/, const op::Prepare& /*unused*/) {}

}  // namespace whimbrel::catalog
