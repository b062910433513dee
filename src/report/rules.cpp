// Rules for readers: the table, `explain`, and the pages of docs/rules. All from the one table that the build makes.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "excerpt.h"
#include "json_parts.h"
#include "markdown_text.h"
#include "whimbrel/report/inspect.h"

namespace whimbrel::report {
namespace {

std::string indented(std::string_view text, std::string_view indent) {
  std::string result;
  text = trim_end(text);
  while (true) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) result += fmt::format("{}{}", indent, text.substr(0, end));
    result += '\n';
    if (end == text.size()) return result;
    text.remove_prefix(end + 1);
  }
}

/// Paragraphs of prose filled to the width; the blank lines between them stay.
std::string filled(std::string_view text, unsigned width) {
  std::string result;
  text = trim_end(text);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    std::string paragraph(text.substr(0, end));
    for (char& c : paragraph) {
      if (c == '\n') c = ' ';
    }
    result += wrap(paragraph, width, 0, 0) + "\n";
    text.remove_prefix(std::min(text.size(), end + 2));
    if (!text.empty()) result += "\n";
  }
  return result;
}

std::string lines_of(std::span<const std::string_view> lines) {
  std::string text;
  for (const std::string_view line : lines) text += fmt::format("{}\n", line);
  return text;
}

std::string_view language_of(const RuleExample& example) { return example.frontend == "sql" ? "sql" : "python"; }

void write_silence(std::ostream& out, const RuleInfo& rule) {
  out << "\n## When it stays silent\n\n";
  for (const std::string_view where : rule.silent) out << fmt::format("- {}\n", where);
  if (!rule.examples.empty()) out << "- where it is done as under \"Good\" below\n";
  for (const RuleId other : rule.yields_to) {
    const std::string_view name = rule_info(other).name;
    out << fmt::format("- where [{}]({}.md) speaks of the same piece of source\n", name, name);
  }
  if (rule.once) out << "- after the first time in each part of a migration\n";
  out << fmt::format("- where the source says `-- whimbrel: ignore {} (reason)`, or the configuration ignores it\n", rule.name);
  if (!rule.default_on) out << fmt::format("- unless it is asked for: `--extend-select {}`\n", rule.name);
}

}  // namespace

void write_rules(std::ostream& out, bool json, const Style& style) {
  if (json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const RuleInfo& rule : all_rules()) {
      list.push_back({{"rule", rule.name}, {"code", rule.code}, {"severity", severity_name(rule.severity)},
                      {"category", category_name(rule.category)}, {"default", rule.default_on}, {"summary", rule.summary}});
    }
    out << dump({{"rules", std::move(list)}}) << "\n";
    return;
  }
  const Paint paint{style.color};
  for (const RuleInfo& rule : all_rules()) {
    out << fmt::format("{}  {}  {} {} {}\n       {}\n", rule.code, paint(kBold, rule.name), severity_name(rule.severity),
                       category_name(rule.category), rule.default_on ? "default" : "off", wrap(rule.summary, style.width, 7, 7));
  }
}

void write_rule(std::ostream& out, const RuleInfo& rule, const Style& style) {
  const Paint paint{style.color};
  const auto heading = [&](std::string_view text) { out << "\n" << paint(kBold, text) << "\n"; };
  out << paint(kBold, fmt::format("{} {}", rule.code, rule.name))
      << fmt::format(" ({}, {}, {})\n\n", severity_name(rule.severity), category_name(rule.category),
                     rule.default_on ? "on by default" : "off by default");
  out << wrap(rule.summary, style.width, 0, 0) << "\n";
  heading("Why");
  out << filled(rule.why, style.width);
  heading("What to write instead");
  out << indented(rule.instead, "  ");
  if (!rule.silent.empty()) heading("When it stays silent");
  for (const std::string_view where : rule.silent) out << "  - " << wrap(where, style.width, 4, 4) << "\n";
  for (const RuleExample& example : rule.examples) {
    heading(fmt::format("Example ({})", example.frontend));
    if (!example.note.empty()) out << filled(example.note, style.width);
    if (!example.options.empty()) out << "Configuration:\n" << indented(lines_of(example.options), "  ");
    if (!example.given.empty()) out << "Given:\n" << indented(example.given, "  ");
    if (!example.was.empty()) out << "Was:\n" << indented(example.was, "  ");
    out << "Bad:\n" << indented(example.bad, "  ") << "Good:\n" << indented(example.good, "  ");
  }
  if (!rule.aliases.empty()) {
    heading("Other linters' names");
    for (const RuleAlias& alias : rule.aliases) out << fmt::format("  {}: {}\n", alias.tool, alias.name);
  }
  if (!rule.references.empty()) heading("References");
  for (const std::string_view reference : rule.references) out << "  " << reference << "\n";
}

void write_rule_page(std::ostream& out, const RuleInfo& rule) {
  out << fmt::format("# {} ({})\n\n{}.\n\n", rule.name, rule.code, rule.summary);
  out << fmt::format("Severity `{}`, category `{}`, {} by default.\n\n", severity_name(rule.severity), category_name(rule.category),
                     rule.default_on ? "on" : "off");
  out << "## Why\n\n" << trim_end(rule.why) << "\n\n## What to write instead\n\n" << markdown_block(rule.instead, "");
  write_silence(out, rule);
  for (const RuleExample& example : rule.examples) {
    out << fmt::format("\n## Example ({})\n\n", example.frontend);
    if (!example.note.empty()) out << trim_end(example.note) << "\n\n";
    if (!example.options.empty()) out << fmt::format("Configuration:\n\n{}\n", markdown_block(lines_of(example.options), "toml"));
    const auto block = [&](std::string_view name, std::string_view code) {
      out << fmt::format("{}:\n\n{}", name, markdown_block(code, language_of(example)));
    };
    if (!example.given.empty()) {
      block("Given", example.given);
      out << "\n";
    }
    if (!example.was.empty()) {
      block("Was", example.was);
      out << "\n";
    }
    block("Bad", example.bad);
    out << "\n";
    block("Good", example.good);
  }
  if (!rule.aliases.empty()) {
    out << "\n## Other linters' names\n\n";
    for (const RuleAlias& alias : rule.aliases) out << fmt::format("- {}: `{}`\n", alias.tool, alias.name);
  }
  if (!rule.references.empty()) out << "\n## References\n\n";
  for (const std::string_view reference : rule.references) out << "- <" << reference << ">\n";
}

}  // namespace whimbrel::report
