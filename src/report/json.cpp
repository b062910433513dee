// `check --format json`: the document of the contract, written finding by finding.
#include <nlohmann/json.hpp>
#include <ostream>

#include "formats.h"
#include "json_parts.h"
#include "locator.h"
#include "whimbrel/base/text.h"
#include "whimbrel/base/version.h"
#include "whimbrel/finding/rule_info.h"

namespace whimbrel::report {
namespace {

using nlohmann::ordered_json;

ordered_json edit_json(const Edit& edit, const Locator& locator) {
  return {{"file", locator.path(edit.span)}, {"start", edit.span.begin}, {"end", edit.span.end}, {"text", edit.text}};
}

ordered_json finding_json(const Finding& finding, Locator& locator) {
  const RuleInfo& rule = rule_info(finding.rule);
  ordered_json json{{"rule", rule.name},
                    {"code", rule.code},
                    {"severity", severity_name(finding.severity)},
                    {"category", category_name(rule.category)}};
  put_place(json, finding.span, locator);
  json["message"] = finding.message;
  json["help"] = help_of(finding);
  json["url"] = rule_url(rule);
  json["migration"] = finding.migration;
  json["direction"] = finding.down ? "down" : "up";
  json["locks"] = ordered_json::array();
  for (const FindingLock& lock : finding.locks) json["locks"].push_back(lock_json(lock.relation, lock.mode));
  if (!finding.labels.empty()) {
    json["labels"] = ordered_json::array();
    for (const Label& label : finding.labels) {
      ordered_json item = ordered_json::object();
      put_place(item, label.span, locator);
      item["message"] = label.message;
      json["labels"].push_back(std::move(item));
    }
  }
  if (finding.fix) {
    ordered_json edits = ordered_json::array();
    for (const Edit& edit : finding.fix->edits) edits.push_back(edit_json(edit, locator));
    json["fix"] = {{"title", finding.fix->title},
                   {"applicability", finding.fix->applicability == Applicability::safe ? "safe" : "unsafe"},
                   {"edits", std::move(edits)}};
  }
  return json;
}

}  // namespace

void put_place(ordered_json& json, Span span, Locator& locator) {
  const Range range = locator.range(span);
  json["file"] = locator.path(span);
  json["line"] = range.begin.line;
  json["column"] = range.begin.column;
  json["end_line"] = range.end.line;
  json["end_column"] = range.end.column;
}

ordered_json lock_json(std::string_view relation, LockMode mode) {
  ordered_json blocks = ordered_json::array();
  if (blocks_reads(mode)) blocks.push_back("reads");
  if (blocks_writes(mode)) blocks.push_back("writes");
  return {{"relation", relation}, {"mode", lock_mode_name(mode)}, {"blocks", std::move(blocks)}};
}

std::string dump(const ordered_json& json) { return printable_json(json.dump(-1, ' ', false, ordered_json::error_handler_t::replace)); }

std::string rule_url(const RuleInfo& rule) { return rule.references.empty() ? std::string() : std::string(rule.references.front()); }

void write_json(std::ostream& out, const Report& report, const Sources& sources) {
  Locator locator(sources);
  out << "{\"version\": " << dump(kVersion) << ",\n\"pg_version\": " << report.pg_version << ",\n\"findings\": [";
  const char* separator = "\n";
  for (const Finding& finding : report.findings) {
    out << separator << dump(finding_json(finding, locator));
    separator = ",\n";
  }
  out << "],\n\"suppressed\": " << report.suppressed << ",\n\"unknown\": [";
  separator = "\n";
  for (const UnknownPlace& place : report.unknown) {
    const Position at = locator.range(place.span).begin;
    out << separator
        << dump({{"file", locator.path(place.span)}, {"line", at.line}, {"column", at.column}, {"reason", place.reason}});
    separator = ",\n";
  }
  const Summary& sum = report.summary;
  out << "],\n\"summary\": "
      << dump({{"files", sum.files}, {"migrations", sum.migrations}, {"operations", sum.operations}, {"errors", sum.errors},
               {"warnings", sum.warnings}, {"infos", sum.infos}, {"unknown", sum.unknown}})
      << "}\n";
}

}  // namespace whimbrel::report
