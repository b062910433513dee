// REINDEX without CONCURRENTLY blocks writes of the table, and reads that would plan with the index.
#include <fmt/format.h>
#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

std::string_view kind_word(ir::op::ReindexKind kind) {
  switch (kind) {
    case ir::op::ReindexKind::index:
      return "INDEX";
    case ir::op::ReindexKind::table:
      return "TABLE";
    case ir::op::ReindexKind::schema:
      return "SCHEMA";
    case ir::op::ReindexKind::database:
      return "DATABASE";
    case ir::op::ReindexKind::system:
      return "SYSTEM";
  }
  return "";
}

/// Whether the rebuilt indexes are those of tables that nobody else can use.
bool is_harmless(const ir::op::Reindex& reindex, const rule::Context& context) {
  if (reindex.kind == ir::op::ReindexKind::table) return context.is_harmless(reindex.target);
  if (reindex.kind != ir::op::ReindexKind::index) return false;
  const catalog::Index* index = context.catalog().find_index(reindex.target.value);
  return index != nullptr && context.is_harmless({.value = index->table, .span = {}});
}

std::string instead(const ir::op::Reindex& reindex, const rule::Context& context, const std::string& target) {
  rule::Steps steps(context);
  if (reindex.kind == ir::op::ReindexKind::system) {
    return steps.say("catalogs cannot be rebuilt concurrently: stop the applications first, outside of a migration")
        .text();
  }
  if (context.pg_version() < 12) {
    return steps.say("REINDEX CONCURRENTLY needs PostgreSQL 12; until then build a second index CONCURRENTLY,")
        .say("drop the old one CONCURRENTLY and give the new one its name")
        .text();
  }
  return steps.run_alone(fmt::format("REINDEX {} CONCURRENTLY {}", kind_word(reindex.kind), target)).text();
}

void on_reindex(const ir::op::Reindex& reindex, rule::Context& context) {
  if (reindex.concurrently || is_harmless(reindex, context)) return;
  // Inside a transaction REINDEX of a schema or a database fails: concurrently-in-transaction says so.
  if (context.effects().forbids_transaction && rule::in_transaction(context)) return;

  const std::string target = ir::to_sql(reindex.target.value);
  Span culprit = reindex.kind_keyword.empty() ? context.step().span : reindex.kind_keyword;
  if (!reindex.kind_keyword.empty() && !reindex.target.span.empty()) culprit.end = reindex.target.span.end;
  Finding& finding =
      context.report(culprit, fmt::format("REINDEX {} {} {} {}", kind_word(reindex.kind), target,
                                          rule::blocks(context, {}), rule::until(context, "the rebuild is done")));
  finding.help = instead(reindex, context, target);
  const bool says_false =
      std::ranges::find(reindex.options, "concurrently", &ir::Option::name) != reindex.options.end();
  if (!rule::in_transaction(context) && context.pg_version() >= 12 && !says_false &&
      reindex.kind != ir::op::ReindexKind::system) {
    rule::offer_insertion(finding, context, reindex.kind_keyword, " CONCURRENTLY", "Rebuild CONCURRENTLY");
  }
}

}  // namespace

extern constinit const rule::RuleChecks reindex_non_concurrent = rule::subscribe<on_reindex>();

}  // namespace whimbrel::rules
