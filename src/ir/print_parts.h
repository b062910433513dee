// One printer for each operation: an alternative added to the set fails to link until it is printed.
#pragma once

#include "line.h"

namespace whimbrel::ir {

/// The action's words: "set unlogged".
std::string_view table_action_name(op::TableAction action);

void print(Line& line, const op::CreateTable& op);
void print(Line& line, const op::CreateTableAs& op);
void print(Line& line, const op::DropTable& op);
void print(Line& line, const op::RenameTable& op);
void print(Line& line, const op::RenameColumn& op);
void print(Line& line, const op::Truncate& op);
void print(Line& line, const op::LockTable& op);
void print(Line& line, const op::AddColumn& op);
void print(Line& line, const op::DropColumn& op);
void print(Line& line, const op::AlterColumnType& op);
void print(Line& line, const op::SetDefault& op);
void print(Line& line, const op::DropDefault& op);
void print(Line& line, const op::SetNotNull& op);
void print(Line& line, const op::DropNotNull& op);
void print(Line& line, const op::AddIdentity& op);
void print(Line& line, const op::DropIdentity& op);
void print(Line& line, const op::SetExpression& op);
void print(Line& line, const op::DropExpression& op);
void print(Line& line, const op::AddConstraint& op);
void print(Line& line, const op::DropConstraint& op);
void print(Line& line, const op::ValidateConstraint& op);
void print(Line& line, const op::AlterConstraint& op);
void print(Line& line, const op::RenameConstraint& op);
void print(Line& line, const op::AttachPartition& op);
void print(Line& line, const op::DetachPartition& op);
void print(Line& line, const op::AlterInherit& op);
void print(Line& line, const op::AlterTable& op);
void print(Line& line, const op::MoveAllInTablespace& op);
void print(Line& line, const op::CreateIndex& op);
void print(Line& line, const op::DropIndex& op);
void print(Line& line, const op::Reindex& op);
void print(Line& line, const op::CreateView& op);
void print(Line& line, const op::DropView& op);
void print(Line& line, const op::RefreshMaterializedView& op);
void print(Line& line, const op::CreateSequence& op);
void print(Line& line, const op::AlterSequence& op);
void print(Line& line, const op::DropSequence& op);
void print(Line& line, const op::CreateType& op);
void print(Line& line, const op::AddEnumValue& op);
void print(Line& line, const op::RenameEnumValue& op);
void print(Line& line, const op::CreateDomain& op);
void print(Line& line, const op::AlterDomain& op);
void print(Line& line, const op::AlterCompositeType& op);
void print(Line& line, const op::DropType& op);
void print(Line& line, const op::CreateSchema& op);
void print(Line& line, const op::DropSchema& op);
void print(Line& line, const op::CreateExtension& op);
void print(Line& line, const op::DropExtension& op);
void print(Line& line, const op::CreateFunction& op);
void print(Line& line, const op::DropFunction& op);
void print(Line& line, const op::CreateTrigger& op);
void print(Line& line, const op::DropTrigger& op);
void print(Line& line, const op::CreatePolicy& op);
void print(Line& line, const op::AlterPolicy& op);
void print(Line& line, const op::DropPolicy& op);
void print(Line& line, const op::CreateRule& op);
void print(Line& line, const op::DropRule& op);
void print(Line& line, const op::RenameObject& op);
void print(Line& line, const op::SetSchema& op);
void print(Line& line, const op::OwnerTo& op);
void print(Line& line, const op::Comment& op);
void print(Line& line, const op::Grant& op);
void print(Line& line, const op::CreateObject& op);
void print(Line& line, const op::AlterObject& op);
void print(Line& line, const op::DropObject& op);
void print(Line& line, const op::Insert& op);
void print(Line& line, const op::Update& op);
void print(Line& line, const op::Delete& op);
void print(Line& line, const op::Merge& op);
void print(Line& line, const op::Copy& op);
void print(Line& line, const op::Select& op);
void print(Line& line, const op::Call& op);
void print(Line& line, const op::Vacuum& op);
void print(Line& line, const op::Analyze& op);
void print(Line& line, const op::Cluster& op);
void print(Line& line, const op::Checkpoint& op);
void print(Line& line, const op::Discard& op);
void print(Line& line, const op::SetParameter& op);
void print(Line& line, const op::SetRoleParameter& op);
void print(Line& line, const op::Transaction& op);
void print(Line& line, const op::Do& op);
void print(Line& line, const op::Notify& op);
void print(Line& line, const op::Explain& op);
void print(Line& line, const op::Prepare& op);
void print(Line& line, const op::Opaque& op);
void print(Line& line, const op::Invalid& op);

}  // namespace whimbrel::ir
