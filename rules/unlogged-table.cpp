// The rows of an UNLOGGED table are gone after a crash, and never on a replica.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create(const ir::op::CreateTable& create, rule::Context& context) {
  if (create.persistence != ir::Persistence::unlogged) return;
  context.remark(create.table.span, fmt::format("{} is UNLOGGED: empty after a crash, and not there on replicas", context.name_of(create.table)));
}
void on_alter(const ir::op::AlterTable& alter, rule::Context& context) {
  if (alter.action != ir::op::TableAction::set_unlogged) return;
  context.report(context.step().span, fmt::format("{} becomes UNLOGGED: empty after a crash, and not there on replicas", context.name_of(alter.table)));
}

}  // namespace

extern constinit const rule::RuleChecks unlogged_table = rule::subscribe<on_create, on_alter>();

}  // namespace whimbrel::rules
