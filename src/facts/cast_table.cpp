// Look-ups in the table of casts.
#include "cast_table.h"

namespace whimbrel::facts {
namespace {

struct CastRow {
  std::string_view from;
  std::string_view to;
  CastMethod method;
  CastContext context;
  int since;
  int until;
};

constexpr CastRow kCasts[] = {
#include "cast_table.inc"
    // citext--1.4.sql
    {"citext", "text", CastMethod::binary, CastContext::implicit, 10, 99},
    {"citext", "character varying", CastMethod::binary, CastContext::implicit, 10, 99},
    {"citext", "character", CastMethod::binary, CastContext::assignment, 10, 99},
    {"text", "citext", CastMethod::binary, CastContext::assignment, 10, 99},
    {"character varying", "citext", CastMethod::binary, CastContext::assignment, 10, 99},
    {"character", "citext", CastMethod::function, CastContext::assignment, 10, 99},
    {"boolean", "citext", CastMethod::function, CastContext::assignment, 10, 99},
    {"inet", "citext", CastMethod::function, CastContext::assignment, 10, 99},
};

}  // namespace

bool is_string_type(std::string_view name) {
  return name == "text" || name == "character varying" || name == "character" || name == "name" || name == "citext";
}

Cast find_cast(std::string_view from, std::string_view to, int pg_version) {
  for (const CastRow& row : kCasts) {
    if (row.from == from && row.to == to && row.since <= pg_version && pg_version <= row.until)
      return {row.method, row.context};
  }
  // find_coercion_pathway: anything becomes a string by assignment, a string anything when the cast is written.
  if (is_string_type(to)) return {CastMethod::text, CastContext::assignment};
  if (is_string_type(from)) return {CastMethod::text, CastContext::explicit_};
  return {};
}

}  // namespace whimbrel::facts
