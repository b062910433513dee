// REFRESH MATERIALIZED VIEW without CONCURRENTLY keeps readers of the view waiting.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_operation(const ir::op::RefreshMaterializedView& operation, rule::Context& context) {
  if (operation.concurrently || !operation.with_data || context.is_harmless(operation.view) || !context.effects().error.empty()) return;
  const catalog::Relation* view = context.table(operation.view);
  if (view != nullptr && !view->populated) return;
  Finding& finding = context.report(context.step().span, fmt::format("Refreshing {} {} of it {}", context.name_of(operation.view), rule::blocks(context, operation.view),
                                                                     rule::until(context, "its query has run again")));
  rule::Steps steps(context);
  const std::string name = ir::to_sql(operation.view.value);
  bool unique = view == nullptr;
  if (view != nullptr) {
    for (const ir::QualifiedName& each : view->indexes) {
      const catalog::Index* index = context.catalog().find_index(each);
      unique = unique || (index != nullptr && index->unique && !index->predicate);
    }
  }
  if (!unique) steps.say("it needs a unique index over plain columns first:").run_alone(fmt::format("CREATE UNIQUE INDEX CONCURRENTLY ON {} (…)", name));
  finding.help = steps.run(fmt::format("REFRESH MATERIALIZED VIEW CONCURRENTLY {}", name)).text();
}

}  // namespace

extern constinit const rule::RuleChecks refresh_matview_non_concurrent = rule::subscribe<on_operation>();

}  // namespace whimbrel::rules
