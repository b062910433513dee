// Between dropping an index and building its replacement, queries have neither.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// The later statement that builds an index beginning with the same column; null where there is none.
const ir::op::CreateIndex* replacement(const rule::Context& context, const catalog::Index& dropped) {
  for (const ir::Statement& later : rule::statements_behind(context)) {
    for (const ir::Step& step : later.steps) {
      const auto* create = std::get_if<ir::op::CreateIndex>(&step.operation);
      if (create == nullptr || create->elements.empty() || context.catalog().resolve(create->table.value) != dropped.table) continue;
      if (!dropped.columns.front().column.empty() && create->elements.front().column == dropped.columns.front().column && create->method == dropped.method) return create;
    }
  }
  return nullptr;
}

void on_drop(const ir::op::DropIndex& drop, rule::Context& context) {
  // Inside a transaction nobody sees the gap: the table stays locked until the new index is there.
  if (rule::in_transaction(context) || !context.effects().error.empty() || context.moment().direction == ir::Direction::down) return;
  const catalog::Index* index = context.catalog().find_index(drop.index.value);
  if (index == nullptr || index->columns.empty() || index->valid != Tri::yes || rule::made_in_this_part(context, index->origin)) return;
  const ir::RelationName table{.value = index->table, .span = {}};
  if (context.is_harmless(table)) return;
  const ir::op::CreateIndex* next = replacement(context, *index);
  if (next == nullptr) return;
  Finding& finding = context.remark(drop.index.span,
                                    fmt::format("Queries of {} have no index on {} until the new one is built", context.name_of(table), ir::quote_identifier(index->columns.front().column)));
  rule::add_label(finding, next->name.span.empty() ? next->table.span : next->name.span, "its replacement, built later");
  finding.help = rule::Steps(context).say("first build the new index (under another name), then drop the old one").text();
}

}  // namespace

extern constinit const rule::RuleChecks replace_index_gap = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
