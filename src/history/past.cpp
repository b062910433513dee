// A history and what it was before: statements compared without their layout, the order of new ones among old ones.
#include "whimbrel/history/past.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "whimbrel/base/canonical.h"
#include "whimbrel/base/text.h"
#include "whimbrel/ir/print.h"

namespace whimbrel::history {

namespace {

/// What the statement does, as text.
std::string canonical(const ir::Statement& statement, const Sources& sources) {
  if (statement.sql.empty()) {
    const bool python = sources[statement.span.file].path.ends_with(".py");
    return python ? collapse_blanks(sources.text(statement.span)) : canonical_sql(sources.text(statement.span));
  }
  std::string text = canonical_sql(statement.sql);
  for (const ir::Step& step : statement.steps) text += '\n' + ir::to_string(step.operation);
  return text;
}

bool same(const ir::Statement& now, const Sources& sources_now, const ir::Statement& then, const Sources& sources_then) {
  return now.runs == then.runs && now.autocommit == then.autocommit && canonical(now, sources_now) == canonical(then, sources_then);
}

std::string on_one_line(const ir::Statement& statement, const Sources& sources) {
  constexpr std::size_t kLongest = 200;
  std::string text = collapse_blanks(statement.sql.empty() ? sources.text(statement.span) : std::string_view(statement.sql));
  if (text.size() <= kLongest) return text;
  return std::string(clip(text, kLongest)) + "…";
}

/// In the order of versions everything behind counts as later; the last old one says how far.
void note_early_versions(History& history, const std::vector<bool>& is_new) {
  const auto& migrations = history.migrations;
  const ir::Migration* later = nullptr;
  for (std::size_t i = migrations.size(); i-- > 0;) {
    const ir::Migration& one = migrations[i];
    if (one.repeatable || one.up.state == ir::PartState::missing) continue;
    if (!is_new[i]) {
      if (later == nullptr) later = &one;
    } else if (later != nullptr && (one.version.empty() || later->version != one.version)) {
      history.problems.push_back({OrderProblem::Kind::out_of_order, one.id, one.id_span, later->id, {later->id_span}});
    }
  }
}

/// In a graph only descendants do.
void note_early_revisions(History& history, const std::vector<bool>& is_new) {
  const auto& migrations = history.migrations;
  std::unordered_map<std::string_view, std::size_t> by_id;  // never iterated
  for (std::size_t i = 0; i < migrations.size(); ++i) by_id.try_emplace(migrations[i].id, i);
  std::vector<const ir::Migration*> descendant(migrations.size());
  for (std::size_t i = migrations.size(); i-- > 0;) {  // children before parents, but for cycles
    const ir::Migration* later = is_new[i] ? descendant[i] : &migrations[i];
    if (later == nullptr) continue;
    for (const std::string& parent : migrations[i].parents) {
      const auto found = by_id.find(parent);
      if (found != by_id.end() && descendant[found->second] == nullptr) descendant[found->second] = later;
    }
  }
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    if (!is_new[i] || descendant[i] == nullptr) continue;
    history.problems.push_back(
        {OrderProblem::Kind::out_of_order, migrations[i].id, migrations[i].id_span, descendant[i]->id, {descendant[i]->id_span}});
  }
}

}  // namespace

std::optional<Difference> first_difference(const ir::Part& now, const Sources& sources_now, const ir::Part& then, const Sources& sources_then) {
  const auto missing = [](const ir::Part& part) { return part.state == ir::PartState::missing; };
  const auto raising = [](const ir::Part& part) { return part.state == ir::PartState::raising; };
  const std::size_t common = std::min(now.statements.size(), then.statements.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (!same(now.statements[i], sources_now, then.statements[i], sources_then)) {
      return Difference{now.statements[i].span, on_one_line(then.statements[i], sources_then)};
    }
  }
  if (now.statements.size() > common) return Difference{now.statements[common].span, {}};
  if (then.statements.size() > common) return Difference{now.span, on_one_line(then.statements[common], sources_then)};
  if (missing(now) != missing(then) || raising(now) != raising(then)) return Difference{now.span, {}};
  return std::nullopt;
}

void compare_with_past(History& history, const std::function<UpChange(const ir::Migration&)>& change_of) {
  const auto& migrations = history.migrations;
  std::vector<bool> is_new;
  for (const ir::Migration& migration : migrations) {
    UpChange change = change_of(migration);
    is_new.push_back(change.is_new);
    if (change.is_new || !change.difference || migration.reruns) continue;
    history.problems.push_back(
        {OrderProblem::Kind::edited, migration.id, migration.id_span, std::move(change.difference->was), {change.difference->now}});
  }
  const bool graph = std::ranges::any_of(migrations, [](const ir::Migration& one) { return one.sort_key.empty(); });
  graph ? note_early_revisions(history, is_new) : note_early_versions(history, is_new);
  sort_problems(history);
}

}  // namespace whimbrel::history
