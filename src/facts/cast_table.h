// PostgreSQL's own casts (pg_cast), and those of citext.
#pragma once

#include <cstdint>
#include <string_view>

namespace whimbrel::facts {

enum class CastMethod : std::uint8_t {
  none,      ///< there is no such cast
  function,  ///< every value is computed anew
  binary,    ///< the same bytes mean the same
  text,      ///< through the types' text forms
};
/// Where a cast may be used without being written; each includes those after it.
enum class CastContext : std::uint8_t { explicit_, assignment, implicit };

struct Cast {
  CastMethod method = CastMethod::none;
  CastContext context = CastContext::explicit_;
};

/// The cast between two types (canonical names, no arrays, no domains), the conversion through text included that
/// PostgreSQL has between any type and the string types (manual, CREATE CAST).
Cast find_cast(std::string_view from, std::string_view to, int pg_version);

/// text, character varying, character, name: what PostgreSQL calls the string category.
bool is_string_type(std::string_view canonical);

}  // namespace whimbrel::facts
