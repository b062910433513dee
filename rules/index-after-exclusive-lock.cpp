// CREATE INDEX behind a statement that locked more: also readers, also another table, wait until it is built.
#include <fmt/format.h>

#include "whimbrel/rule/held.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create_index(const ir::op::CreateIndex& index, rule::Context& context) {
  const rule::HeavyWork heavy = rule::heavy_work(context);
  if (heavy.work == nullptr || index.concurrently) return;
  const auto locks = rule::felt_locks(context);
  if (locks.empty()) return;
  const std::string name = index.name.value.empty() ? "An index" : "Index " + ir::quote_identifier(index.name.value);
  rule::report_held(context, context.step().span,
                    fmt::format("{} on {} is built while {}, because the transaction {} before", name, context.name_of(index.table),
                                rule::who_waits(context, locks), rule::locked_them(locks)),
                    locks);
}

}  // namespace

extern constinit const rule::RuleChecks index_after_exclusive_lock = rule::subscribe<on_create_index>();

}  // namespace whimbrel::rules
