// From other linters to whimbrel: their configuration files and the comments that silence them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/result.h"

namespace whimbrel::engine {

/// A line that could not be translated, or not exactly.
struct TranslationNote {
  std::uint32_t line = 0;
  std::string sentence;
};

struct Translation {
  std::string text;
  std::vector<TranslationNote> notes;   ///< in the order of the lines
};

/// Whether the file, by its name, is the configuration of a linter that is known here: squawk, pgfence or pg-migration-lint.
bool is_foreign_config(std::string_view path);
/// The text of a whimbrel.toml that says the same. Rules are known by the aliases of rules/*.toml. The error names file and line.
Result<Translation> translate_config(const std::string& path, std::string_view text);
/// A migration with `squawk-ignore`, `pgfence-ignore` and `pgm-lint:suppress` as whimbrel's comments; all else stays byte for byte.
Translation translate_comments(std::string_view text);

}  // namespace whimbrel::engine
