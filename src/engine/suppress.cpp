// Suppression comments of a project: which findings they hide, which of them are wrong or idle.
#include "suppress.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "directive.h"
#include "paths.h"
#include "whimbrel/finding/rule_info.h"
#include "words.h"

namespace whimbrel::engine {

namespace {

/// The statements and down parts of the files that have a suppression comment.
struct Places {
  std::map<FileId, std::vector<Span>> statements;
  std::vector<Span> down_parts;

  void add(const std::vector<ir::Statement>& more) {
    for (const ir::Statement& statement : more) {
      if (const auto file = statements.find(statement.span.file); file != statements.end() && !statement.span.empty()) {
        file->second.push_back(statement.span);
      }
      add(statement.body);
    }
  }
};

Places find_places(const Project& project) {
  Places places;
  for (const frontend::Directive& directive : project.directives) places.statements.try_emplace(directive.span.file);
  for (const history::History& history : project.histories) {
    for (const ir::Migration& migration : history.migrations) {
      if (places.statements.contains(migration.up.file)) places.add(migration.up.statements);
      if (!places.statements.contains(migration.down.file)) continue;
      places.add(migration.down.statements);
      if (migration.down.state != ir::PartState::missing) places.down_parts.push_back(migration.down.span);
    }
  }
  for (const Span& span : project.statement_spans) {
    if (const auto file = places.statements.find(span.file); file != places.statements.end()) file->second.push_back(span);
  }
  return places;
}

}  // namespace

Suppressions::Suppressions(const Project& project, const RuleSwitches& switches, const std::vector<bool>& silent, const std::vector<bool>& incomplete)
    : project_(project), switches_(switches), incomplete_(incomplete) {
  const Config& config = project.config;
  if (!config.per_file_ignores.empty()) {
    const std::string root = absolute_path(config.root);
    file_ignores_.resize(project.files.size());
    for (std::size_t i = 0; i < project.files.size(); ++i) {
      if (!project.files[i].judged) continue;
      const std::string path = absolute_path(project.sources[project.files[i].file].path);
      for (const auto& [pattern, selectors] : config.per_file_ignores) {
        if (!matches_path(pattern, path, root)) continue;
        file_ignores_[i].resize(all_rules().size());
        for (const RuleInfo& rule : all_rules()) {
          const bool named = std::ranges::any_of(selectors, [&](const std::string& selector) { return selects(selector, rule); });
          if (named) file_ignores_[i][static_cast<std::size_t>(rule.id)] = true;
        }
      }
    }
  }
  if (!project.directives.empty()) read_comments(silent);
}

void Suppressions::read_comments(const std::vector<bool>& silent) {
  const Places places = find_places(project_);
  for (const frontend::Directive& directive : project_.directives) {
    const FileId file = directive.span.file;
    if (silent[static_cast<std::size_t>(file)]) continue;
    ParsedDirective parsed = parse_directive(directive);
    for (DirectiveMistake& mistake : parsed.mistakes) mistakes_.emplace_back(mistake.span, std::move(mistake.message));
    Comment comment{.span = directive.span, .whole_file = parsed.whole_file, .cover = {}, .names = {}, .in_down_part = false};
    if (!parsed.whole_file) comment.cover = find_cover(project_.sources[file].text, directive.span, places.statements.at(file));
    comment.in_down_part =
        std::ranges::any_of(places.down_parts, [&](const Span& part) { return part.contains(directive.span); });
    for (const Located<RuleId>& rule : parsed.rules) comment.names.push_back({rule, false});
    comments_.push_back(std::move(comment));
  }
  std::ranges::stable_sort(comments_, {}, &Comment::span);
}

bool Suppressions::ignored_in_file(RuleId rule, FileId file) const {
  const auto index = static_cast<std::size_t>(file);
  return index < file_ignores_.size() && !file_ignores_[index].empty() && file_ignores_[index][static_cast<std::size_t>(rule)];
}

/// Every comment that would hide it counts as used: none of two is idle.
bool Suppressions::hides(const Finding& finding) {
  bool hidden = false;
  const auto in_file = std::ranges::equal_range(comments_, finding.span.file, {}, [](const Comment& comment) { return comment.span.file; });
  for (Comment& comment : in_file) {
    if (!comment.whole_file && !comment.cover.takes(finding.span) && !comment.cover.takes(finding.statement)) continue;
    for (Name& name : comment.names) {
      if (name.rule.value != finding.rule) continue;
      name.used = true;
      hidden = true;
    }
  }
  return hidden;
}

std::uint32_t Suppressions::apply(std::vector<Finding>& findings) {
  const auto hidden = [this](const Finding& finding) { return hides(finding); };
  auto suppressed = std::erase_if(findings, hidden);
  const std::size_t first_own = findings.size();
  add_own_findings(findings);
  if (findings.size() > first_own) {
    std::vector<Finding> own(std::make_move_iterator(findings.begin() + static_cast<std::ptrdiff_t>(first_own)),
                             std::make_move_iterator(findings.end()));
    findings.resize(first_own);
    suppressed += std::erase_if(own, hidden);
    std::ranges::move(own, std::back_inserter(findings));
  }
  std::erase_if(findings, [this](const Finding& finding) { return ignored_in_file(finding.rule, finding.span.file); });
  return static_cast<std::uint32_t>(suppressed);
}

void Suppressions::add_own_findings(std::vector<Finding>& findings) {
  constexpr std::string_view kUnknown = "unknown-suppression";
  constexpr std::string_view kUnused = "unused-suppression";
  for (const auto& [span, message] : mistakes_) add_own(findings, kUnknown, span, message);
  for (const Comment& comment : comments_) {
    for (const Name& name : comment.names) {
      const RuleInfo& rule = rule_info(name.rule.value);
      if (name.used || incomplete_[static_cast<std::size_t>(comment.span.file)] || !switches_.on(rule.id) || ignored_in_file(rule.id, comment.span.file)) continue;
      if (comment.in_down_part && !switches_.on_in_down_parts(rule.id)) continue;
      if (rule.name == kUnknown || rule.name == kUnused) continue;
      add_own(findings, kUnused, name.rule.span,
              fmt::format("This suppression hides nothing: {} finds nothing {}", rule.name, comment.whole_file ? "in this file" : "here"));
    }
  }
}

void Suppressions::add_own(std::vector<Finding>& findings, std::string_view rule, Span span, std::string message) {
  const std::optional<RuleId> id = find_rule(rule);
  if (!id || !switches_.on(*id)) return;
  Finding& finding = findings.emplace_back();
  finding.rule = *id;
  finding.severity = rule_info(*id).severity;
  finding.span = span;
  finding.statement = span;
  finding.message = std::move(message);
}

}  // namespace whimbrel::engine
