// What is printed: UTF-8, well-formed, nothing that drives a terminal.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "fuzz/fuzz.h"
#include "whimbrel/base/text.h"
#include "whimbrel/engine/check.h"
#include "whimbrel/ir/print.h"
#include "whimbrel/report/inspect.h"
#include "whimbrel/report/write.h"

namespace whimbrel::fuzz {

namespace {

using report::Format;

/// JSON alone may carry what a terminal must not see: its readers do not print it as it is.
std::string broken_json(std::string_view text) {
  if (const auto at = first_invalid_utf8(text)) return fmt::format("no UTF-8 from byte {} on", *at);
  if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; })) return "a control character";
  return nlohmann::json::accept(text) ? std::string() : "no JSON";
}

/// Tags that close, entities that are known.
std::string broken_xml(std::string_view text) {
  std::vector<std::string_view> open;
  for (std::size_t at = text.find_first_of("<&"); at != std::string_view::npos; at = text.find_first_of("<&", at + 1)) {
    if (text[at] == '&') {
      const std::string_view rest = text.substr(at);
      if (!rest.starts_with("&amp;") && !rest.starts_with("&lt;") && !rest.starts_with("&gt;") && !rest.starts_with("&quot;")) return "an unknown entity";
      continue;
    }
    const std::size_t end = text.find('>', at);
    if (end == std::string_view::npos) return "a tag that does not end";
    const std::string_view tag = text.substr(at + 1, end - at - 1);
    if (tag.starts_with('?') || tag.ends_with('/')) continue;
    if (std::ranges::count(tag, '"') % 2 != 0 || tag.contains('<')) return "a tag that is cut";
    if (!tag.starts_with('/')) {
      open.push_back(tag.substr(0, tag.find(' ')));
    } else {
      if (open.empty() || open.back() != tag.substr(1)) return "a tag that closes another one";
      open.pop_back();
    }
  }
  return open.empty() ? std::string() : "a tag that is left open";
}

/// One line a finding, and one that counts what could not be read, of the form that its reader looks for.
std::string broken_lines(std::string_view text, const Report& report, Format format) {
  const std::size_t lines = report.findings.size() + (report.summary.unknown > 0 ? 1 : 0);
  if (static_cast<std::size_t>(std::ranges::count(text, '\n')) != lines) return "not one line a finding";
  if (format != Format::github) return {};
  for (std::size_t begin = 0; begin < text.size(); begin = text.find('\n', begin) + 1) {
    const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
    if (!line.starts_with("::error file=") && !line.starts_with("::warning file=") && !line.starts_with("::notice file=") && !line.starts_with("::notice title=whimbrel::")) return "a line that is no annotation";
  }
  return {};
}

/// Without the marks that make a line an annotation of GitHub: any other "::error" is a command that an input has slipped in.
std::string without_annotations(std::string_view text) {
  std::string rest;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    std::string_view line = text.substr(begin, end - begin);
    if (line.starts_with("::")) line.remove_prefix(2);
    rest += line;
    begin = end;
  }
  return rest;
}

std::string broken_format(std::string_view text, const Report& report, Format format) {
  switch (format) {
    case Format::json:
    case Format::sarif:
    case Format::gitlab: return broken_json(text);
    case Format::junit:
      if (std::string broken = unprintable(text); !broken.empty()) return broken;
      return broken_xml(text);
    case Format::github:
    case Format::gcc:
      if (std::string broken = unprintable(format == Format::github ? without_annotations(text) : text); !broken.empty()) return broken;
      return broken_lines(text, report, format);
    case Format::text: return unprintable(text);
    case Format::markdown: return unprintable(text, "\n\t");   // code stays as it is written
  }
  return {};
}

std::string named(std::string_view what, const std::string& broken) { return broken.empty() ? broken : fmt::format("{}: {}", what, broken); }

/// The schema after each migration, as a line of JSON; and the last one as SQL.
std::string broken_schema(const engine::Project& project) {
  std::string broken;
  engine::each_schema(project, [&](const ir::Migration& migration, ir::Direction direction, const catalog::Catalog& catalog) {
    std::ostringstream out;
    report::write_schema_line(out, catalog, project.config.pg_version, migration.id, direction == ir::Direction::up ? "up" : "down");
    if (broken.empty()) broken = named("schema as JSON", broken_json(out.view()));
  });
  const auto catalog = engine::schema_at(project, {});
  if (!catalog || !broken.empty()) return broken;  // of several histories there is no one schema
  std::ostringstream out;
  report::write_schema(out, *catalog, project.sources, project.config.pg_version, false);
  return named("schema", unprintable(out.view()));
}

std::string broken_locks(const engine::Project& project, bool json) {
  std::ostringstream out;
  report::write_locks(out, engine::lock_rows(project), project.sources, json, {});
  return json ? named("locks as JSON", broken_json(out.view())) : named("locks", unprintable(out.view()));
}

std::string broken_dump(const engine::Project& project) {
  for (const history::History& history : project.histories) {
    for (const ir::Migration& migration : history.migrations) {
      if (std::string broken = unprintable(ir::dump(migration, project.sources)); !broken.empty()) return "debug operations: " + broken;
    }
  }
  return {};
}

}  // namespace

std::string unprintable(std::string_view text, std::string_view keep) {
  if (const auto at = first_invalid_utf8(text)) return fmt::format("no UTF-8 from byte {} on", *at);
  if (printable(text, keep) == text) return {};
  return fmt::format("a control character: {}", printable(text));
}

std::string broken_output(const engine::Project& project, const Report& report, bool with_sarif) {
  for (const std::string_view name : report::format_names()) {
    const auto format = report::parse_format(name);
    if (!format) return fmt::format("no format {}", name);
    if (*format == Format::sarif && !with_sarif) continue;
    std::ostringstream out;
    report::Style style;
    style.verbose = true;
    report::write(out, report, project.sources, *format, style);
    if (std::string broken = broken_format(out.view(), report, *format); !broken.empty()) return named(name, broken);
  }
  for (const bool json : {false, true}) {
    if (std::string broken = broken_locks(project, json); !broken.empty()) return broken;
  }
  if (std::string broken = broken_schema(project); !broken.empty()) return broken;
  return broken_dump(project);
}

}  // namespace whimbrel::fuzz
