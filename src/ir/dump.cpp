// Migrations as lines with their positions.
#include <fmt/format.h>

#include <map>

#include "whimbrel/base/text.h"
#include "whimbrel/ir/print.h"

namespace whimbrel::ir {
namespace {

/// Positions of spans in the files that a dump needs, lines indexed once a file.
class Positions {
 public:
  explicit Positions(const Sources& sources) : sources_(sources) {}

  std::string range(Span span) {
    if (static_cast<std::size_t>(span.file) >= sources_.size()) return "?";
    const std::string_view text = sources_[span.file].text;
    const LineIndex& lines = index(span.file, text);
    const Position begin = lines.position(text, span.begin);
    const Position end = lines.position(text, span.end);
    return fmt::format("{}:{}-{}:{}", begin.line, begin.column, end.line, end.column);
  }

 private:
  const LineIndex& index(FileId file, std::string_view text) {
    const auto found = indexes_.find(file);
    return found != indexes_.end() ? found->second : indexes_.emplace(file, LineIndex(text)).first->second;
  }

  const Sources& sources_;
  std::map<FileId, LineIndex> indexes_;
};

void write(std::string& out, const Statement& statement, Positions& positions, const std::string& indent) {
  out += fmt::format("{}{} {}{}{}\n", indent, positions.range(statement.span), statement.kind,
                     statement.runs == Tri::yes ? "" : statement.runs == Tri::unknown ? " ?" : " never", statement.autocommit ? " autocommit" : "");
  for (const Step& step : statement.steps) {
    out += fmt::format("{}  {} {}\n", indent, positions.range(step.span), printable(to_string(step.operation)));
  }
  for (const Statement& inner : statement.body) write(out, inner, positions, indent + "    ");
}

std::string_view state_name(PartState state) {
  switch (state) {
    case PartState::present: return "present";
    case PartState::empty: return "empty";
    case PartState::raising: return "raising";
    case PartState::missing: return "missing";
  }
  return "";
}

void write(std::string& out, std::string_view direction, const Part& part, Positions& positions) {
  out += fmt::format("{} {}\n", direction, state_name(part.state));
  for (const Statement& statement : part.statements) write(out, statement, positions, "  ");
}

}  // namespace

std::string dump(const Statement& statement, const Sources& sources, const std::string& indent) {
  Positions positions(sources);
  std::string out;
  write(out, statement, positions, indent);
  return out;
}

std::string dump(const Migration& migration, const Sources& sources) {
  Positions positions(sources);
  std::string out = fmt::format("migration {}", printable(migration.id));
  for (const std::string& parent : migration.parents) out += fmt::format(" after {}", printable(parent));
  if (!migration.runner.empty()) out += fmt::format(" runner {}", printable(migration.runner));
  if (migration.transaction) {
    switch (*migration.transaction) {
      case TransactionMode::none: out += " transaction none"; break;
      case TransactionMode::per_migration: out += " transaction per-migration"; break;
      case TransactionMode::single: out += " transaction single"; break;
      case TransactionMode::implicit: out += " transaction implicit"; break;
    }
  }
  out += '\n';
  write(out, "up", migration.up, positions);
  write(out, "down", migration.down, positions);
  for (const Unknown& unknown : migration.unknown) {
    out += fmt::format("unknown {} {}\n", positions.range(unknown.span), printable(unknown.reason));
  }
  return out;
}

}  // namespace whimbrel::ir
