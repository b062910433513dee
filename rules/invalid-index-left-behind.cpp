// CREATE INDEX CONCURRENTLY IF NOT EXISTS, run again after a failure, finds the invalid index and leaves it.
#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Whether an earlier statement of this part drops an index of that name.
bool is_dropped_before(const rule::Context& context, const ir::QualifiedName& index) {
  const std::vector<ir::Statement>& statements = context.moment().part.statements;
  const ir::Statement* const now = &context.moment().outermost;
  return std::any_of(statements.data(), now, [&](const ir::Statement& earlier) {
    return std::ranges::any_of(earlier.steps, [&](const ir::Step& step) {
      const auto* drop = std::get_if<ir::op::DropIndex>(&step.operation);
      return drop != nullptr && drop->index.value.name == index.name;
    });
  });
}

void on_create_index(const ir::op::CreateIndex& index, rule::Context& context) {
  if (!index.concurrently || !index.if_not_exists || index.name.value.empty() || context.is_harmless(index.table)) return;
  const ir::QualifiedName name{context.catalog().resolve(index.table.value).schema, index.name.value};
  if (context.catalog().find_index(name) != nullptr || is_dropped_before(context, name)) return;
  const std::string quoted = ir::to_sql(ir::QualifiedName{index.table.value.schema, index.name.value});
  Finding& finding = context.report(
      context.step().span, fmt::format("If this build fails, {} stays behind INVALID, and the next run takes it for the finished index{}",
                                       quoted, index.unique ? ": what it should keep unique may not be" : ""));
  finding.help = rule::Steps(context).drop_index_concurrently(index).run_alone(rule::concurrent_index(index)).text();
}

}  // namespace

extern constinit const rule::RuleChecks invalid_index_left_behind = rule::subscribe<on_create_index>();

}  // namespace whimbrel::rules
