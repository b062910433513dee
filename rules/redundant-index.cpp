// An index that another one of the same table makes needless: it costs every write, and gives nothing.
#include <fmt/format.h>

#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

bool same(const ir::ExprPtr& left, const ir::ExprPtr& right) {
  return left && right ? ir::same_meaning(*left, *right) : !left && !right;
}

bool same(const catalog::IndexColumn& left, const catalog::IndexColumn& right) {
  return left.column == right.column && same(left.expr, right.expr) && left.collation == right.collation && left.opclass == right.opclass;
}

/// Each column the same way round, or (read backwards) each the other way.
bool same_order(const catalog::Index& left, const catalog::Index& right, std::size_t columns) {
  bool forward = true;
  bool backward = true;
  for (std::size_t i = 0; i < columns; ++i) {
    const bool same_way = left.columns[i].descending == right.columns[i].descending;
    const bool same_nulls = left.columns[i].nulls_first == right.columns[i].nulls_first;
    forward = forward && same_way && same_nulls;
    backward = backward && !same_way && !same_nulls;
  }
  return forward || backward;
}

bool includes_all(const catalog::Index& wide, const catalog::Index& narrow) {
  return std::ranges::all_of(narrow.including, [&](const std::string& column) {
    return std::ranges::find(wide.including, column) != wide.including.end() ||
           std::ranges::any_of(wide.columns, [&](const catalog::IndexColumn& one) { return one.column == column; });
  });
}

/// Whether every question that `narrow` answers, `wide` answers as well.
bool serves(const catalog::Index& wide, const catalog::Index& narrow) {
  const std::size_t columns = narrow.columns.size();
  if (wide.method != narrow.method || wide.columns.size() < columns || !same(wide.predicate, narrow.predicate)) return false;
  if (wide.columns.size() > columns && wide.method != "btree") return false;  // others do not read their columns from left to right
  if (wide.valid != Tri::yes || !includes_all(wide, narrow)) return false;
  if (narrow.unique && (!wide.unique || wide.columns.size() != columns || wide.nulls_not_distinct != narrow.nulls_not_distinct)) return false;
  for (std::size_t i = 0; i < columns; ++i) {
    if (!same(wide.columns[i], narrow.columns[i])) return false;
  }
  return same_order(wide, narrow, columns);
}

bool is_later(const catalog::Origin& one, const catalog::Origin& other) {
  return one.part != other.part ? one.part > other.part : one.span.begin > other.span.begin;
}

/// Of two that serve each other, the one that goes: not a constraint's, not the unique one, the later one.
bool goes_before(const catalog::Index& one, const catalog::Index& other) {
  if (one.constraint.empty() != other.constraint.empty()) return one.constraint.empty();
  if (one.unique != other.unique) return other.unique;
  if (is_later(one.origin, other.origin) != is_later(other.origin, one.origin)) return is_later(one.origin, other.origin);
  return one.name > other.name;
}

void judge(rule::Context& context, const catalog::Index& index, const std::vector<const catalog::Index*>& all) {
  if (!index.constraint.empty() || !index.parent.empty() || !index.exact || index.columns.empty()) return;
  for (const catalog::Index* other : all) {
    if (other == &index || !other->exact || !serves(*other, index)) continue;
    if (serves(index, *other) && !goes_before(index, *other)) continue;
    const bool last = is_later(index.origin, other->origin);
    const bool at_index = context.made_by_judged(index.origin) && (last || !context.made_by_judged(other->origin));
    if (!at_index && !context.made_by_judged(other->origin)) continue;
    const std::string name = ir::quote_identifier(index.name.name);
    const std::string table = context.name_of({.value = index.table, .span = {}});
    const std::string reason = fmt::format("{}{} {}", other->constraint.empty() ? "" : "the constraint's index ",
                                           ir::quote_identifier(other->name.name),
                                           other->columns.size() == index.columns.size() ? "has the same columns" : "begins with the same columns");
    Finding& finding = context.report_made(at_index ? index.origin : other->origin,
                                           at_index ? fmt::format("Index {} of {} is needless: {}", name, table, reason)
                                                    : fmt::format("This makes index {} of {} needless: {}", name, table, reason));
    if (const Span label = at_index ? other->origin.span : index.origin.span; !label.empty()) {
      rule::add_label(finding, label, at_index ? "the other index is made here" : "the needless index is made here");
    }
    finding.help = fmt::format("DROP INDEX CONCURRENTLY {};", ir::to_sql(index.name));
    return;
  }
}

void on_history_end(const rule::HistoryEnd&, rule::Context& context) {
  constexpr std::size_t kMost = 200;   // a table with more indexes is no table of people
  for (const auto& [name, table] : context.catalog().relations()) {
    if (!table->exact || table->presumed || table->indexes.size() > kMost) continue;
    std::vector<const catalog::Index*> indexes;
    for (const ir::QualifiedName& index : table->indexes) {
      const auto found = context.catalog().indexes().find(index);
      if (found != context.catalog().indexes().end()) indexes.push_back(found->second.get());
    }
    for (const catalog::Index* index : indexes) judge(context, *index, indexes);
  }
}

}  // namespace

extern constinit const rule::RuleChecks redundant_index = rule::subscribe<on_history_end>();

}  // namespace whimbrel::rules
