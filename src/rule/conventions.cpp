// Patterns of names: placeholders filled with what the object is about, matched by RE2, whose time is linear.
#include "whimbrel/rule/conventions.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "whimbrel/base/text.h"
#include "whimbrel/ir/server_limits.h"

namespace whimbrel::rule {

namespace {

constexpr std::size_t kShortened = 55;     ///< bytes that SQLAlchemy leaves of a longer name, before its hash

re2::RE2::Options options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  return options;
}

bool is_word(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

/// The word in braces at `at`; empty where there is none: {3}, \x{ff} and \p{Greek} are the regular expression's own.
std::string_view word_in_braces(std::string_view text, std::size_t at) {
  if (at >= 2 && text[at - 2] == '\\' && (text[at - 1] == 'x' || text[at - 1] == 'p' || text[at - 1] == 'P')) return {};
  std::size_t end = at + 1;
  while (end < text.size() && is_word(text[end])) ++end;
  return end > at + 1 && end < text.size() && text[end] == '}' ? text.substr(at + 1, end - at - 1) : std::string_view{};
}

}  // namespace

std::string_view named_word(Named what) {
  switch (what) {
    case Named::table: return "table";
    case Named::column: return "column";
    case Named::index: return "index";
    case Named::primary_key: return "primary key";
    case Named::unique: return "unique constraint";
    case Named::foreign_key: return "foreign key";
    case Named::check: return "check constraint";
    case Named::exclusion: return "exclusion constraint";
    case Named::sequence: return "sequence";
    case Named::revision: return "migration";
    case Named::file: return "file";
  }
  return "";
}

std::optional<NamePattern::Placeholder> NamePattern::placeholder_of(std::string_view word) {
  if (word == "table") return Placeholder::table;
  if (word == "columns") return Placeholder::columns;
  if (word == "referenced_table") return Placeholder::referenced_table;
  if (word == "revision") return Placeholder::revision;
  return std::nullopt;
}

std::vector<std::string_view> NamePattern::placeholders_of(Named what) {
  switch (what) {
    case Named::table:
    case Named::sequence:
    case Named::revision: return {};
    case Named::column: return {"table"};
    case Named::index:
    case Named::primary_key:
    case Named::unique:
    case Named::check:
    case Named::exclusion: return {"table", "columns"};
    case Named::foreign_key: return {"table", "columns", "referenced_table"};
    case Named::file: return {"revision"};
  }
  return {};
}

Result<NamePattern> NamePattern::parse(std::string_view text, Named what) {
  const std::vector<std::string_view> known = placeholders_of(what);
  NamePattern pattern;
  pattern.text_ = text;
  Piece piece;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view word = text[at] == '{' ? word_in_braces(text, at) : std::string_view{};
    if (word.empty()) {
      piece.text += text[at];
      continue;
    }
    if (std::ranges::find(known, word) == known.end()) {
      const auto near = nearest(word, known);
      return fail(fmt::format("'{}' has no placeholder '{{{}}}'{}", kNamedKeys[static_cast<std::size_t>(what)], word,
                              near            ? fmt::format(", did you mean '{{{}}}'?", *near)
                              : known.empty() ? std::string()
                                              : fmt::format(", only {{{}}}", fmt::join(known, "}, {"))));
    }
    piece.placeholder = *placeholder_of(word);
    pattern.pieces_.push_back(std::move(piece));
    piece = {};
    at += word.size() + 1;
  }
  pattern.pieces_.push_back(std::move(piece));
  const NameParts sample{.table = "t", .columns = {"c"}, .referenced_table = "t", .revision = "1"};
  auto compiled = std::make_shared<const re2::RE2>(pattern.filled(sample, true), options());
  if (!compiled->ok()) {
    return fail(fmt::format("'{}': '{}' is no regular expression: {}", kNamedKeys[static_cast<std::size_t>(what)], printable(text), printable(compiled->error())));
  }
  if (pattern.pieces_.size() == 1) pattern.fixed_ = std::move(compiled);
  return pattern;
}

std::string NamePattern::filled(const NameParts& parts, bool quoted) const {
  const auto literal = [&](std::string_view text) { return quoted ? re2::RE2::QuoteMeta(re2::StringPiece(text.data(), text.size())) : std::string(text); };
  std::string result;
  for (const Piece& piece : pieces_) {
    result += piece.text;
    switch (piece.placeholder) {
      case Placeholder::none: break;
      case Placeholder::table: result += literal(parts.table); break;
      case Placeholder::referenced_table: result += literal(parts.referenced_table); break;
      case Placeholder::revision: result += literal(parts.revision); break;
      case Placeholder::columns: {
        std::string_view separator;
        for (const std::string& column : parts.columns) {
          result += separator;
          result += !column.empty() ? literal(column) : quoted ? "\\w+" : "…";
          separator = "_";
        }
        break;
      }
    }
  }
  return result;
}

std::string NamePattern::shown(const NameParts& parts) const { return filled(parts, false); }

bool NamePattern::matches(std::string_view name, const NameParts& parts) const {
  const re2::StringPiece text(name.data(), name.size());
  if (fixed_ != nullptr) return re2::RE2::FullMatch(text, *fixed_);
  const re2::RE2 compiled(filled(parts, true), options());
  if (!compiled.ok()) return true;  // of a name that is no text
  // What would be too long is cut by PostgreSQL, or shortened by SQLAlchemy.
  return re2::RE2::FullMatch(text, compiled) || (name.size() >= kShortened && filled(parts, false).size() > ir::kLongestIdentifier);
}

}  // namespace whimbrel::rule
