// A foreign key whose own columns have no index: every delete of a referenced row reads the whole referencing table.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

using Columns = std::vector<std::string>;

bool has(const Columns& columns, std::string_view column) { return std::ranges::find(columns, column) != columns.end(); }

/// A predicate that every row that is looked for fulfils: `column IS NOT NULL`.
bool covers_all_keys(const catalog::Index& index, const Columns& key) {
  const ir::Expr* predicate = index.predicate.get();
  if (predicate == nullptr) return true;
  return predicate->kind == ir::ExprKind::is_not_null && predicate->args.size() == 1 && predicate->args.front() &&
         predicate->args.front()->kind == ir::ExprKind::column && !predicate->args.front()->names.empty() &&
         has(key, predicate->args.front()->names.back());
}

/// Whether `WHERE key = …` finds its rows by the index: its leading columns are the key's, in whatever order, or a few of them are
/// unique already.
bool finds(const catalog::Index& index, const Columns& key) {
  const bool by_order = index.method == "btree" || index.method == "gist";
  if (index.valid == Tri::no || !covers_all_keys(index, key) || (!by_order && index.method != "hash")) return false;
  if (!by_order && index.columns.size() != 1) return false;
  std::size_t leading = 0;
  while (leading < index.columns.size() && has(key, index.columns[leading].column)) ++leading;
  return leading >= key.size() || (!by_order && leading == 1) || (index.unique && leading == index.columns.size());
}

std::string_view consequence(ir::ReferentialAction action) {
  switch (action) {
    case ir::ReferentialAction::cascade: return "deletes rows of";
    case ir::ReferentialAction::set_null:
    case ir::ReferentialAction::set_default: return "changes rows of";
    case ir::ReferentialAction::no_action:
    case ir::ReferentialAction::restrict: break;
  }
  return "checks";
}

void on_history_end(const rule::HistoryEnd&, rule::Context& context) {
  const auto& indexes = context.catalog().indexes();
  for (const auto& [name, table] : context.catalog().relations()) {
    const ir::RelationName shown{.value = name, .span = {}};
    if (!table->exact || table->presumed || context.is_harmless(shown)) continue;
    for (const catalog::Constraint& key : table->constraints) {
      if (key.kind != ir::ConstraintKind::foreign_key || key.inherited || !key.enforced || key.columns.empty()) continue;
      if (!context.made_by_judged(key.origin)) continue;
      const bool found = std::ranges::any_of(table->indexes, [&](const ir::QualifiedName& index) {
        const auto at = indexes.find(index);
        return at != indexes.end() && finds(*at->second, key.columns);
      });
      if (found) continue;
      const std::string own = context.name_of(shown);
      Finding& finding = context.report_made(
          key.origin, fmt::format("No index of {} begins with {}: each row deleted from {} {} {} by reading all of it", own,
                                  ir::to_sql(key.columns), context.name_of({.value = key.references, .span = {}}),
                                  consequence(key.on_delete), own));
      finding.help = fmt::format("CREATE INDEX CONCURRENTLY ON {} ({});", own, ir::to_sql(key.columns));
    }
  }
}

}  // namespace

extern constinit const rule::RuleChecks foreign_key_without_index = rule::subscribe<on_history_end>();

}  // namespace whimbrel::rules
