// Replays the histories past the rules and settles what they found: suppressions, severities, order, totals.
#include "whimbrel/engine/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "checker.h"
#include "lender.h"
#include "overlap.h"
#include "paths.h"
#include "plan.h"
#include "summarize.h"
#include "suppress.h"
#include "totals.h"
#include "whimbrel/base/text.h"
#include "whimbrel/finding/rule_info.h"
#include "words.h"

namespace whimbrel::engine {

namespace {

/// CLI contract: down parts are judged by what makes them fail or not restore the schema; by every rule with `check_down`.
bool judges_down_parts(const RuleInfo& rule) {
  return rule.category == Category::transaction || rule.category == Category::reversibility ||
         rule.name == "syntax-error" || rule.name == "syntax-newer-than-server";
}

RuleSwitches switches_of(const std::vector<RuleId>& rules, const Config& config) {
  RuleSwitches switches;
  switches.selected.resize(all_rules().size());
  switches.in_down_parts.resize(all_rules().size());
  for (const RuleId rule : rules) {
    const auto index = static_cast<std::size_t>(rule);
    switches.selected[index] = true;
    switches.in_down_parts[index] = config.check_down || judges_down_parts(rule_info(rule));
  }
  return switches;
}

/// A rule whose subject is the file, not what was read of it.
void report_bad_text(const Project& project, const RuleSwitches& switches, std::vector<Finding>& findings) {
  const std::optional<RuleId> rule = find_rule("syntax-error");
  if (!rule || !switches.on(*rule)) return;
  for (const BadText& bad : project.bad_text) {
    Finding& finding = findings.emplace_back();
    finding.rule = *rule;
    finding.severity = rule_info(*rule).severity;
    finding.span = bad.span;
    finding.statement = bad.span;
    finding.message = fmt::format("This file is no text that can be linted: {}", bad.reason);
    finding.help = "save it as UTF-8 text";
  }
}

/// A place that holds another one is told by that, which says more.
void settle_unknown(Report& report, std::vector<UnknownPlace> unknown) {
  std::ranges::stable_sort(unknown, {}, [](const UnknownPlace& one) {
    return std::tuple(one.span.file, one.span.begin, ~one.span.end);  // of two that begin together the larger first
  });
  for (UnknownPlace& one : unknown) {
    const bool again = !report.unknown.empty() && report.unknown.back().span == one.span;
    if (again) continue;
    if (!report.unknown.empty() && report.unknown.back().span.contains(one.span)) report.unknown.pop_back();
    report.unknown.push_back(std::move(one));
  }
}

/// A name in the configuration that fits nothing is most likely a slip. But another history may be meant that this run does not see: then it is
/// no trouble unless something here is called nearly so.
void look_for_start(const Project& project, Report& report) {
  const std::string& id = project.config.start_after;
  if (id.empty() || project.histories.empty()) return;
  std::vector<std::string_view> ids;
  for (const history::History& history : project.histories) {
    for (const ir::Migration& migration : history.migrations) {
      if (migration.id == id) return;
      ids.push_back(migration.id);
    }
  }
  const std::string hint = did_you_mean(id, ids);
  const bool sees_all = !project.changes && std::ranges::any_of(project.searched, [&](const std::string& folder) {
    return is_within(absolute_path(project.config.root), folder);
  });
  std::string sentence = fmt::format("start_after: there is no migration '{}'{}", printable(id), hint);
  if (!hint.empty() || sees_all) {
    report.troubles.push_back(std::move(sentence));
  } else {
    report.notes.push_back(sentence + " here, so nothing is silent");
  }
}

/// Two that look at one replay.
class Both : public history::Observer {
 public:
  Both(history::Observer& first, history::Observer& second) : first_(first), second_(second) {}
  void on_statement(const history::Moment& moment, const facts::StatementEffects& effects) override {
    first_.on_statement(moment, effects);
    second_.on_statement(moment, effects);
  }
  void on_step(const history::Moment& moment, const facts::StatementEffects& effects, std::size_t step) override {
    first_.on_step(moment, effects, step);
    second_.on_step(moment, effects, step);
  }
  void on_problem(const history::Moment& moment, const ir::Step& step, const catalog::Problem& problem) override {
    first_.on_problem(moment, step, problem);
    second_.on_problem(moment, step, problem);
  }
  void on_part_end(const history::Moment& moment) override {
    first_.on_part_end(moment);
    second_.on_part_end(moment);
  }
  void on_round_trip(const history::Moment& moment, const history::RoundTrip& trip) override {
    first_.on_round_trip(moment, trip);
    second_.on_round_trip(moment, trip);
  }

 private:
  history::Observer& first_;
  history::Observer& second_;
};

}  // namespace

Report check(Project& project, const std::vector<RuleId>& rules, Summaries summaries) {
  const RuleSwitches switches = switches_of(rules, project.config);
  Lender lender(project);
  Checker checker(project, switches, lender);
  Summarizer summarizer(checker.view());
  Both both(checker, summarizer);
  const bool summarizes = summaries == Summaries::with;
  history::Observer* const observer = summarizes ? static_cast<history::Observer*>(&both) : &checker;
  std::vector<bool> spoken(project.files.size());
  for (history::History& history : project.histories) {
    const Plan plan(project, history);
    project.replayed = std::make_shared<history::Replay>(replay_options(project.config));
    history::Replay& replay = *project.replayed;
    checker.begin(history);
    lender.begin(history);
    const std::size_t end = checker.looks_at_end() && plan.end() > 0 ? history.migrations.size() : plan.end();
    for (std::size_t i = 0; i < plan.end(); ++i) {
      lender.look_ahead(i, end);
      const ir::Migration& migration = history.migrations[i];
      const history::Judged judged = plan.judged(i);
      const bool looks = judged.up || judged.down;
      if (looks && summarizes) summarizer.begin_migration(migration, judged);
      replay.run(history, migration, judged, observer);
      if (looks && summarizes) summarizer.end_migration(migration);
      if (looks) checker.end_migration(history, migration, judged, replay);
      if (judged.up) spoken[static_cast<std::size_t>(migration.up.file)] = true;
      if (judged.down) spoken[static_cast<std::size_t>(migration.down.file)] = true;
    }
    if (plan.end() > 0 && checker.looks_at_end()) {
      for (std::size_t i = plan.end(); i < history.migrations.size(); ++i) {
        lender.look_ahead(i, end);
        replay.run(history, history.migrations[i], {.up = false, .down = false}, nullptr);
      }
      checker.end_history(history, replay);
    }
    if (summarizes) summarizer.end_history();
  }

  Report report;
  report.pg_version = project.config.pg_version;
  report.notes = project.notes;
  report.troubles = project.troubles;
  report.findings = std::move(checker.findings);
  report.migrations = std::move(summarizer.summaries);
  // A rule may look at a down part that lies in a file of its own, which was not asked for.
  std::erase_if(report.findings, [&](const Finding& finding) {
    const auto file = static_cast<std::size_t>(finding.span.file);
    return file < project.files.size() && !project.files[file].judged;
  });
  report_bad_text(project, switches, report.findings);
  std::vector<bool> silent = spoken;
  silent.flip();
  settle_order(report.findings);
  report.yielded = settle_overlaps(report.findings);
  report.suppressed = Suppressions(project, switches, silent, checker.full()).apply(report.findings);
  for (Finding& finding : report.findings) {
    if (const auto severity = project.config.severity.find(finding.rule); severity != project.config.severity.end()) {
      finding.severity = severity->second;
    }
  }
  settle_unknown(report, std::move(checker.unknown));
  look_for_start(project, report);
  report.summary.files = static_cast<std::uint32_t>(
      std::ranges::count_if(project.files, [](const ProjectFile& file) { return file.judged && file.front_end != nullptr; }));
  report.summary.migrations = checker.migrations;
  report.summary.operations = checker.operations;
  settle_totals(report, project.sources);
  return report;
}

}  // namespace whimbrel::engine
