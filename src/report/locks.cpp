// `whimbrel locks`: what each statement locks, blocks, rewrites, reads and builds; and what each transaction sums up to.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "excerpt.h"
#include "json_parts.h"
#include "locator.h"
#include "whimbrel/base/text.h"
#include "whimbrel/report/inspect.h"

namespace whimbrel::report {
namespace {

using facts::Work;
using history::LockRow;
using nlohmann::ordered_json;

std::string one_line(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  return result;
}

std::string statement_text(const LockRow& row, const Locator& locator) {
  return row.statement->sql.empty() ? std::string(locator.text(row.statement->span)) : row.statement->sql;
}

ordered_json names(const std::vector<Work>& work) {
  ordered_json list = ordered_json::array();
  for (const Work& item : work) list.push_back(facts::display_name(item.relation));
  return list;
}

ordered_json row_json(const LockRow& row, Locator& locator) {
  ordered_json locks = ordered_json::array();
  for (const facts::RelationLock& lock : row.effects.locks) locks.push_back(lock_json(facts::display_name(lock.relation), lock.mode));
  ordered_json json{{"file", locator.path(row.statement->span)},
                    {"line", locator.range(row.statement->span).begin.line},
                    {"migration", row.migration->id},
                    {"direction", row.direction == ir::Direction::down ? "down" : "up"},
                    {"operation", row.statement->kind},
                    {"text", statement_text(row, locator)},
                    {"locks", std::move(locks)},
                    {"rewrites", names(row.effects.rewrites)},
                    {"scans", names(row.effects.scans)},
                    {"builds", names(row.effects.builds)},
                    {"in_transaction", row.in_transaction},
                    {"forbids_transaction", row.effects.forbids_transaction}};
  json["error"] = row.effects.error.empty() ? ordered_json() : ordered_json(row.effects.error);
  json["certain"] = row.effects.certain;
  return json;
}

/// "rewrite of public.users", "scan of …", "index build": the heaviest kind of work, by how long it takes.
enum class Weight : std::uint8_t { instant, index_build, scan, rewrite };

Weight weight(const facts::Effects& effects) {
  if (!effects.rewrites.empty()) return Weight::rewrite;
  if (!effects.scans.empty()) return effects.builds.empty() ? Weight::scan : Weight::index_build;
  return effects.builds.empty() ? Weight::instant : Weight::index_build;
}

std::string_view weight_name(Weight weight) {
  switch (weight) {
    case Weight::instant: return "instant";
    case Weight::index_build: return "index build";
    case Weight::scan: return "scan";
    case Weight::rewrite: return "rewrite";
  }
  return "";
}

std::string listed(std::string_view what, const std::vector<Work>& work) {
  std::string text;
  for (const Work& item : work) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", printable(facts::display_name(item.relation)));
    if (item.happens == Tri::unknown) text += " (possibly)";
  }
  return text.empty() ? text : fmt::format("{} {}", what, text);
}

class LockTable {
 public:
  LockTable(std::ostream& out, const Sources& sources, const Style& style) : out_(out), locator_(sources), paint_{style.color}, width_(style.width) {}

  void row(const LockRow& row) {
    const Range range = locator_.range(row.statement->span);
    const std::string head = fmt::format("{}:{}{}", printable(locator_.path(row.statement->span)), range.begin.line,
                                         row.direction == ir::Direction::down ? " (down)" : "");
    out_ << paint_(kCyan, head) << "  " << shortened(printable(one_line(statement_text(row, locator_))), display_width(head) + 2) << "\n";
    for (const facts::RelationLock& lock : row.effects.locks) {
      const std::string_view blocked = blocked_by(lock.mode);
      out_ << fmt::format("    {:<24} {}{}\n", lock_mode_name(lock.mode), printable(facts::display_name(lock.relation)),
                          blocked.empty() ? std::string() : paint_(kRed, fmt::format("  waits: {}", blocked)));
    }
    if (row.effects.locks.empty()) out_ << "    no lock that it does not hold already\n";
    std::string work{weight_name(weight(row.effects))};
    for (const std::string& part : {listed("rewrites", row.effects.rewrites), listed("reads", row.effects.scans), listed("builds", row.effects.builds)}) {
      if (!part.empty()) work += "; " + part;
    }
    out_ << "    " << wrap(work, width_, 6, 4) << "\n";
    if (row.effects.forbids_transaction) out_ << "    refused inside a transaction block\n";
    if (!row.effects.error.empty()) {
      out_ << "    " << paint_(kRed, wrap(fmt::format("fails with SQLSTATE {}{}", row.effects.error, reason(row.effects)), width_, 6, 4)) << "\n";
    } else if (!row.effects.possible_error.empty()) {
      out_ << "    " << wrap(fmt::format("may fail with SQLSTATE {}{}", row.effects.possible_error, reason(row.effects)), width_, 6, 4) << "\n";
    }
    if (!row.effects.certain) out_ << "    uncertain: a fact is missing, the likely worst case is shown\n";
  }

  /// The strongest lock on each relation of a transaction, since which statement it is held, and the heaviest work done meanwhile.
  void transaction(const std::vector<const LockRow*>& rows) {
    struct Held {
      LockMode mode = LockMode::none;
      std::size_t since = 0;
    };
    std::map<ir::QualifiedName, Held> held;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (const facts::RelationLock& lock : rows[i]->effects.locks) {
        Held& entry = held[lock.relation];
        if (lock.mode > entry.mode) entry = {lock.mode, i};
      }
    }
    if (held.empty()) return;
    const Range first = locator_.range(rows.front()->statement->span);
    out_ << "\n"
         << paint_(kBold, fmt::format("transaction from {}:{}, {} {}", printable(locator_.path(rows.front()->statement->span)), first.begin.line,
                                      rows.size(), rows.size() == 1 ? "statement" : "statements"))
         << "\n";
    for (const auto& [relation, entry] : held) {
      Weight heaviest = Weight::instant;
      for (std::size_t i = entry.since; i < rows.size(); ++i) heaviest = std::max(heaviest, weight(rows[i]->effects));
      out_ << fmt::format("    {:<24} {}  since line {}; heaviest work while held: {}\n", lock_mode_name(entry.mode),
                          printable(facts::display_name(relation)), locator_.range(rows[entry.since]->statement->span).begin.line,
                          weight_name(heaviest));
    }
  }

 private:
  static std::string reason(const facts::Effects& effects) {
    return effects.error_reason.empty() ? std::string() : ": " + printable(effects.error_reason);
  }

  [[nodiscard]] std::string shortened(const std::string& text, std::size_t used) const {
    const std::size_t room = width_ > used + 20 ? width_ - used : 20;
    if (display_width(text) <= room) return text;
    std::size_t bytes = 0;
    while (bytes < text.size() && display_width(std::string_view(text).substr(0, bytes)) + 2 < room) {
      ++bytes;
      while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) ++bytes;
    }
    return text.substr(0, bytes) + "…";
  }

  std::ostream& out_;
  Locator locator_;
  Paint paint_;
  std::size_t width_;
};

}  // namespace

void write_locks(std::ostream& out, std::span<const LockRow> rows, const Sources& sources, bool json, const Style& style) {
  if (json) {
    Locator locator(sources);
    out << "{\"statements\": [";
    const char* separator = "\n";
    for (const LockRow& row : rows) {
      out << separator << dump(row_json(row, locator));
      separator = ",\n";
    }
    out << "]}\n";
    return;
  }
  LockTable table(out, sources, style);
  for (const LockRow& row : rows) table.row(row);
  std::vector<const LockRow*> open;
  for (const LockRow& row : rows) {
    if (!open.empty() && (!row.in_transaction || row.transaction != open.front()->transaction)) {
      table.transaction(open);
      open.clear();
    }
    if (row.in_transaction) open.push_back(&row);
  }
  if (!open.empty()) table.transaction(open);
}

}  // namespace whimbrel::report
