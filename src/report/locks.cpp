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

using history::Duration;

std::string_view duration_name(Duration duration) {
  switch (duration) {
    case Duration::instant: return "instant";
    case Duration::scan: return "scan";
    case Duration::index_build: return "index build";
    case Duration::rewrite: return "rewrite";
  }
  return "";
}

/// More of a kind are counted, not listed: a statement over a thousand partitions stays readable. JSON has them all.
constexpr std::size_t kMostListed = 12;

std::string listed(std::string_view what, const std::vector<Work>& work) {
  std::string text;
  for (std::size_t i = 0; i < work.size() && i < kMostListed; ++i) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", printable(facts::display_name(work[i].relation)));
    if (work[i].happens == Tri::unknown) text += " (possibly)";
  }
  if (work.size() > kMostListed) text += fmt::format(" and {} more", work.size() - kMostListed);
  return text.empty() ? text : fmt::format("{} {}", what, text);
}

class LockTable {
 public:
  LockTable(std::ostream& out, const Sources& sources, const Style& style) : out_(out), locator_(sources), paint_{style.color}, width_(style.width) {}

  void row(const LockRow& row) {
    const Range range = locator_.range(row.statement->span);
    const std::string head = fmt::format("{}:{}{}", printable(locator_.path(row.statement->span)), range.begin.line,
                                         row.direction == ir::Direction::down ? " (down)" : "");
    const std::string text = printable(one_line(statement_text(row, locator_)));
    out_ << paint_(kCyan, head);
    if (display_width(head) + kLeastText > width_) {
      out_ << "\n    " << shortened(text, 4) << "\n";
    } else {
      out_ << "  " << shortened(text, display_width(head) + 2) << "\n";
    }
    locks(row.effects.locks);
    std::string work{duration_name(history::duration_of(row.effects))};
    const char* separator = ": ";
    for (const std::string& part : {listed("rewrites", row.effects.rewrites), listed("reads", row.effects.scans), listed("builds", row.effects.builds)}) {
      if (part.empty()) continue;
      work += separator + part;
      separator = "; ";
    }
    out_ << "    " << wrap(work, width_, 6, 4) << "\n";
    if (row.effects.forbids_transaction) out_ << "    refused inside a transaction block\n";
    if (!row.effects.error.empty()) {
      painted(kRed, wrap(fmt::format("fails with SQLSTATE {}{}", row.effects.error, reason(row.effects)), width_, 6, 4));
    } else if (!row.effects.possible_error.empty()) {
      painted(kYellow, wrap(fmt::format("may fail with SQLSTATE {}{}", row.effects.possible_error, reason(row.effects)), width_, 6, 4));
    }
    if (!row.effects.certain) painted(kYellow, wrap("uncertain: a fact is missing, the likely worst case is shown", width_, 6, 4));
  }

  /// The strongest lock on each relation of a transaction, since which statement it is held, and the heaviest work done meanwhile.
  void transaction(std::span<const LockRow> rows, const history::TransactionSum& sum) {
    const auto line = [&](std::size_t row) { return locator_.range(rows[row].statement->span).begin.line; };
    const std::size_t count = sum.end - sum.begin;
    out_ << "\n"
         << paint_(kBold, fmt::format("transaction from {}:{}{}, {} {}", printable(locator_.path(rows[sum.begin].statement->span)), line(sum.begin),
                                      rows[sum.begin].direction == ir::Direction::down ? " (down)" : "", count,
                                      count == 1 ? "statement" : "statements"))
         << "\n";
    for (const history::HeldSum& held : sum.locks) {
      std::string since = fmt::format("since line {}", line(held.since));
      if (held.until != sum.end) since += fmt::format(" until line {}", line(held.until));
      out_ << fmt::format("    {:<22}  {}", lock_mode_name(held.mode), in_columns(held.relation, fmt::format("{}, {}", since, duration_name(held.heaviest)),
                                                                                  blocks_writes(held.mode) && held.heaviest != Duration::instant))
           << "\n";
    }
  }

 private:
  /// Columns for the start of a statement beside its place; with less it goes below.
  static constexpr std::size_t kLeastText = 30;
  static constexpr std::size_t kModeWidth = 22;

  void painted(std::string_view color, const std::string& text) { out_ << "    " << paint_(color, text) << "\n"; }

  void locks(const std::vector<facts::RelationLock>& locks) {
    if (locks.empty()) out_ << "    no lock that it does not hold already\n";
    for (std::size_t i = 0; i < locks.size() && i < kMostListed; ++i) {
      const std::string_view blocked = blocked_by(locks[i].mode);
      out_ << fmt::format("    {:<{}}  {}\n", lock_mode_name(locks[i].mode), kModeWidth,
                          in_columns(locks[i].relation, blocked.empty() ? std::string() : fmt::format("{} wait", blocked), !blocked.empty()));
    }
    if (locks.size() <= kMostListed) return;
    LockMode strongest = LockMode::none;
    for (std::size_t i = kMostListed; i < locks.size(); ++i) strongest = std::max(strongest, locks[i].mode);
    out_ << fmt::format("    and {} more, up to {}\n", locks.size() - kMostListed, lock_mode_name(strongest));
  }

  /// A relation and what is said of it, behind it or, where there is no room, below it.
  [[nodiscard]] std::string in_columns(const ir::QualifiedName& relation, const std::string& text, bool alarming) const {
    constexpr std::size_t kIndent = 4 + kModeWidth + 2;
    const std::string name = printable(facts::display_name(relation));
    if (text.empty()) return name;
    const std::string said = alarming ? paint_(kRed, text) : text;
    constexpr std::size_t kUsual = 26;
    const std::size_t width = display_width(name);
    if (kIndent + std::max(width, kUsual) + 2 + display_width(text) <= width_) return name + std::string(std::max(width, kUsual) + 2 - width, ' ') + said;
    if (kIndent + width + 2 + display_width(text) <= width_) return name + "  " + said;
    return name + "\n" + std::string(kIndent, ' ') + said;
  }

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

/// The sum of a transaction; its statements are rows of `statements`, counted from 0.
ordered_json transaction_json(std::span<const LockRow> rows, const history::TransactionSum& sum, Locator& locator) {
  const LockRow& first = rows[sum.begin];
  const auto line = [&](std::size_t row) { return locator.range(rows[row].statement->span).begin.line; };
  ordered_json locks = ordered_json::array();
  for (const history::HeldSum& held : sum.locks) {
    ordered_json lock = lock_json(facts::display_name(held.relation), held.mode);
    lock["since"] = {{"statement", held.since}, {"line", line(held.since)}};
    if (held.until != sum.end) lock["until"] = {{"statement", held.until}, {"line", line(held.until)}};
    lock["heaviest_work"] = duration_name(held.heaviest);
    locks.push_back(std::move(lock));
  }
  return {{"file", locator.path(first.statement->span)},
          {"line", line(sum.begin)},
          {"migration", first.migration->id},
          {"direction", first.direction == ir::Direction::down ? "down" : "up"},
          {"first_statement", sum.begin},
          {"statements", sum.end - sum.begin},
          {"locks", std::move(locks)}};
}

}  // namespace

void write_locks(std::ostream& out, std::span<const LockRow> rows, const Sources& sources, bool json, const Style& style) {
  const std::vector<history::TransactionSum> sums = history::transaction_sums(rows);
  if (json) {
    Locator locator(sources);
    const auto list = [&out](const auto& items, const auto& as_json) {
      const char* separator = "\n";
      for (const auto& item : items) {
        out << separator << dump(as_json(item));
        separator = ",\n";
      }
    };
    out << "{\"statements\": [";
    list(rows, [&](const LockRow& row) { return row_json(row, locator); });
    out << "], \"transactions\": [";
    list(sums, [&](const history::TransactionSum& sum) { return transaction_json(rows, sum, locator); });
    out << "]}\n";
    return;
  }
  LockTable table(out, sources, style);
  for (const LockRow& row : rows) table.row(row);
  for (const history::TransactionSum& sum : sums) table.transaction(rows, sum);
}

}  // namespace whimbrel::report
