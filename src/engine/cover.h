// Which statements a suppression comment speaks of: the one that it is above, behind or inside of.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "whimbrel/base/span.h"

namespace whimbrel::engine {

/// What a comment covers in its file.
struct Cover {
  Span statement;                 ///< empty: none
  std::uint32_t line_begin = 0;   ///< where there is none: the line of code (in Python with its block), for findings that begin there
  std::uint32_t line_end = 0;

  [[nodiscard]] bool takes(const Span& place) const;
};

/// `text` is the whole file, `comment` the whole comment, `statements` those of the file, nested ones included.
Cover find_cover(std::string_view text, Span comment, const std::vector<Span>& statements);

}  // namespace whimbrel::engine
