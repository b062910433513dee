// What a project has agreed on beyond safety: names, columns, descriptions. [rules.naming] and [rules.schema] of the configuration.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "whimbrel/base/result.h"
#include "whimbrel/ir/table_parts.h"

namespace re2 {
class RE2;
}

namespace whimbrel::rule {

/// What has a name of a pattern; in the order of the configuration's keys, `kNamedKeys`.
enum class Named : std::uint8_t { table, column, index, primary_key, unique, foreign_key, check, exclusion, sequence, revision, file };
inline constexpr std::size_t kNamedCount = 11;
inline constexpr std::array<std::string_view, kNamedCount> kNamedKeys{"table", "column",    "index",    "primary_key", "unique", "foreign_key",
                                                                      "check", "exclusion", "sequence", "revision",    "file"};
/// "foreign key", for messages.
std::string_view named_word(Named what);

/// What stands for the placeholders of a pattern. An empty column is an expression: any word will do.
struct NameParts {
  std::string_view table;
  std::vector<std::string> columns;
  std::string_view referenced_table;
  std::string_view revision;
};

/// A regular expression (RE2's) that the whole name must match, with placeholders: {table}, {columns} (joined by "_"),
/// {referenced_table}, {revision}.
class NamePattern {
 public:
  /// The mistake: one sentence, which names an unknown placeholder or says what RE2 says.
  static Result<NamePattern> parse(std::string_view text, Named what);

  [[nodiscard]] bool matches(std::string_view name, const NameParts& parts) const;
  /// The pattern with its placeholders filled, for messages.
  [[nodiscard]] std::string shown(const NameParts& parts) const;
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  enum class Placeholder : std::uint8_t { none, table, columns, referenced_table, revision };
  struct Piece {
    std::string text;                              ///< of the regular expression
    Placeholder placeholder = Placeholder::none;   ///< what follows it
  };
  static std::optional<Placeholder> placeholder_of(std::string_view word);
  static std::vector<std::string_view> placeholders_of(Named what);
  [[nodiscard]] std::string filled(const NameParts& parts, bool quoted) const;

  std::string text_;
  std::vector<Piece> pieces_;
  std::shared_ptr<const re2::RE2> fixed_;   ///< where no placeholder has to be filled
};

enum class TableNumber : std::uint8_t { any, singular, plural };
/// What a docstring or header comment has to say.
enum class Description : std::uint8_t { any, what, why };

struct RequiredColumn {
  std::string name;
  std::string type;   ///< as PostgreSQL spells it; empty: any
};

/// Nothing is agreed on until the configuration says so.
struct Conventions {
  std::array<std::optional<NamePattern>, kNamedCount> patterns;
  TableNumber table_number = TableNumber::any;
  std::vector<std::string> uncountable;             ///< last words of table names that are both singular and plural
  bool revision_sequence = false;                   ///< each migration has the number behind that of the one before
  Description description = Description::any;
  std::vector<RequiredColumn> required_columns;
  std::vector<std::string> required_columns_exempt; ///< patterns of table names
  bool limited_strings = false;
  std::optional<std::int64_t> max_string_length;
  std::vector<ir::ReferentialAction> on_delete;     ///< empty: any

  [[nodiscard]] const std::optional<NamePattern>& pattern(Named what) const { return patterns[static_cast<std::size_t>(what)]; }
};

/// Whether the last word of a table's name looks plural or singular in English; `uncountable` words are both. No dictionary: words whose
/// form does not tell are both.
struct Number {
  bool singular = true;
  bool plural = true;
};
Number number_of(std::string_view table, const std::vector<std::string>& uncountable);

}  // namespace whimbrel::rule
