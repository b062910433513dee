// Statements that are run a second time: which of them fail because they have run.
#include "whimbrel/rule/repeat.h"

#include <algorithm>
#include <span>
#include <variant>

#include "whimbrel/rule/help.h"

namespace whimbrel::rule {

namespace {

namespace op = ir::op;

constexpr auto kFailsAgain = ir::Overloaded{
    [](const op::CreateTable& create) { return !create.if_not_exists && create.persistence != ir::Persistence::temporary; },
    [](const op::CreateTableAs& create) { return !create.if_not_exists && create.persistence != ir::Persistence::temporary; },
    [](const op::DropTable& drop) { return !drop.if_exists; },
    [](const op::RenameTable& rename) { return !rename.if_exists; },
    [](const op::RenameColumn&) { return true; },
    [](const op::AddColumn& add) { return !add.if_not_exists; },
    [](const op::DropColumn& drop) { return !drop.if_exists; },
    [](const op::AddIdentity&) { return true; },
    [](const op::DropIdentity& drop) { return !drop.if_exists; },
    [](const op::DropExpression& drop) { return !drop.if_exists; },
    [](const op::AddConstraint&) { return true; },
    [](const op::DropConstraint& drop) { return !drop.if_exists; },
    [](const op::RenameConstraint&) { return true; },
    [](const op::AttachPartition&) { return true; },
    [](const op::DetachPartition&) { return true; },
    [](const op::CreateIndex& create) { return !create.if_not_exists && !create.name.value.empty(); },
    [](const op::DropIndex& drop) { return !drop.if_exists; },
    [](const op::CreateView& create) { return !create.or_replace; },
    [](const op::DropView& drop) { return !drop.if_exists; },
    [](const op::CreateSequence& create) { return !create.if_not_exists; },
    [](const op::DropSequence& drop) { return !drop.if_exists; },
    [](const op::CreateType&) { return true; },
    [](const op::AddEnumValue& add) { return !add.if_not_exists; },
    [](const op::RenameEnumValue&) { return true; },
    [](const op::CreateDomain&) { return true; },
    [](const op::DropType& drop) { return !drop.if_exists; },
    [](const op::CreateSchema& create) { return !create.if_not_exists; },
    [](const op::DropSchema& drop) { return !drop.if_exists; },
    [](const op::CreateExtension& create) { return !create.if_not_exists; },
    [](const op::DropExtension& drop) { return !drop.if_exists; },
    [](const op::CreateFunction& create) { return !create.or_replace; },
    [](const op::DropFunction& drop) { return !drop.if_exists; },
    [](const op::CreateTrigger& create) { return !create.or_replace; },
    [](const op::DropTrigger& drop) { return !drop.if_exists; },
    [](const op::CreatePolicy&) { return true; },
    [](const op::DropPolicy& drop) { return !drop.if_exists; },
    [](const op::RenameObject& rename) { return !rename.if_exists; },
    [](const op::SetSchema& set) { return !set.if_exists; },
    [](const op::Insert& insert) { return !insert.on_conflict; },   // the same rows twice, or a duplicate key
    [](const op::Copy& copy) { return copy.from; },
    [](const auto&) { return false; },
};

}  // namespace

bool changes_anything(const ir::Statement& statement) { return changes_anything(std::span(&statement, 1)); }

bool can_run_again(const ir::Statement& statement) {
  return std::ranges::none_of(statement.steps, [](const ir::Step& step) { return std::visit(kFailsAgain, step.operation); });
}

}  // namespace whimbrel::rule
