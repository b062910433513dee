// SARIF 2.1.0: rules with help and tags, regions, fingerprints that survive moved lines, fixes. OASIS standard sarif-v2.1.0.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "formats.h"
#include "json_parts.h"
#include "locator.h"
#include "whimbrel/base/text.h"
#include "whimbrel/base/version.h"
#include "whimbrel/finding/rule_info.h"

namespace whimbrel::report {
namespace {

using nlohmann::ordered_json;

std::string_view level(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::info: return "note";
  }
  return "note";
}

/// A path as a URI reference (RFC 3986): what is not unreserved or '/' is percent-encoded; an absolute path becomes file://.
std::string uri_of(std::string_view path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", byte);
    }
  }
  return uri;
}

std::string markdown_help(const RuleInfo& rule) {
  std::string text = fmt::format("{}\n\n{}\n\n## What to write instead\n\n{}\n", rule.summary, rule.why, rule.instead);
  for (const std::string_view reference : rule.references) text += fmt::format("\n- <{}>", reference);
  return text;
}

ordered_json rule_json(const RuleInfo& rule) {
  ordered_json json{{"id", rule.name},
                    {"name", rule.name},
                    {"shortDescription", {{"text", rule.summary}}},
                    {"fullDescription", {{"text", rule.why}}},
                    {"help", {{"text", fmt::format("{}\n\n{}", rule.why, rule.instead)}, {"markdown", markdown_help(rule)}}}};
  if (!rule.references.empty()) json["helpUri"] = rule.references.front();
  json["defaultConfiguration"] = {{"level", level(rule.severity)}, {"enabled", rule.default_on}};
  json["properties"] = {{"tags", {"postgresql", "migration", category_name(rule.category)}}, {"code", rule.code}, {"precision", "high"}};
  return json;
}

ordered_json location_json(Span span, Locator& locator) {
  const Range range = locator.range(span);
  return {{"artifactLocation", {{"uri", uri_of(locator.path(span))}}},
          {"region",
           {{"startLine", range.begin.line},
            {"startColumn", range.begin.column},
            {"endLine", range.end.line},
            {"endColumn", range.end.column},
            {"byteOffset", span.begin},
            {"byteLength", span.size()}}}};
}

ordered_json fix_json(const Fix& fix, Locator& locator) {
  std::map<std::string, ordered_json> replacements;
  for (const Edit& edit : fix.edits) {
    replacements[locator.path(edit.span)].push_back({{"deletedRegion", {{"byteOffset", edit.span.begin}, {"byteLength", edit.span.size()}}},
                                                    {"insertedContent", {{"text", edit.text}}}});
  }
  ordered_json changes = ordered_json::array();
  for (auto& [path, list] : replacements) {
    changes.push_back({{"artifactLocation", {{"uri", uri_of(path)}}}, {"replacements", std::move(list)}});
  }
  return {{"description", {{"text", printable(fix.title)}}}, {"artifactChanges", std::move(changes)}};
}

ordered_json result_json(const Finding& finding, Locator& locator) {
  const RuleInfo& rule = rule_info(finding.rule);
  std::string text = printable(finding.message);
  for (const FindingLock& lock : finding.locks) text += "\nLock: " + lock_sentence(lock.relation, lock.mode);
  text += "\n" + printable(help_of(finding), "\n");
  ordered_json json{{"ruleId", rule.name},
                    {"ruleIndex", static_cast<std::size_t>(finding.rule)},
                    {"level", level(finding.severity)},
                    {"message", {{"text", text}}},
                    {"locations", {{{"physicalLocation", location_json(finding.span, locator)}}}},
                    {"partialFingerprints", {{"whimbrel/v1", finding.fingerprint}}}};
  if (!finding.labels.empty()) {
    ordered_json related = ordered_json::array();
    for (const Label& label : finding.labels) {
      related.push_back({{"id", related.size()}, {"message", {{"text", printable(label.message)}}}, {"physicalLocation", location_json(label.span, locator)}});
    }
    json["relatedLocations"] = std::move(related);
  }
  if (finding.fix) json["fixes"] = ordered_json::array({fix_json(*finding.fix, locator)});
  json["properties"] = {{"migration", finding.migration}, {"direction", finding.down ? "down" : "up"}};
  return json;
}

/// What could not be read, as the standard wants it told: by notifications about the run (3.58), not as results.
ordered_json invocation_json(const Report& report, Locator& locator) {
  ordered_json notifications = ordered_json::array();
  for (const UnknownPlace& place : report.unknown) {
    notifications.push_back({{"descriptor", {{"id", "unknown"}}},
                             {"level", "note"},
                             {"message", {{"text", "could not be read statically: " + place.reason}}},
                             {"locations", {{{"physicalLocation", location_json(place.span, locator)}}}}});
  }
  return {{"executionSuccessful", true}, {"toolExecutionNotifications", std::move(notifications)}, {"properties", {{"unknown", report.summary.unknown}}}};
}

}  // namespace

void write_sarif(std::ostream& out, const Report& report, const Sources& sources) {
  ordered_json rules = ordered_json::array();
  for (const RuleInfo& rule : all_rules()) rules.push_back(rule_json(rule));
  const ordered_json driver{{"name", "whimbrel"}, {"version", kVersion}, {"semanticVersion", kVersion}, {"rules", std::move(rules)}};
  Locator locator(sources);
  out << R"({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{"tool": {"driver": )" << dump(driver)
      << "},\n\"columnKind\": \"unicodeCodePoints\",\n\"results\": [";
  const char* separator = "\n";
  for (const Finding& finding : report.findings) {
    out << separator << dump(result_json(finding, locator));
    separator = ",\n";
  }
  out << "],\n\"invocations\": [" << dump(invocation_json(report, locator)) << "]}]}\n";
}

}  // namespace whimbrel::report
