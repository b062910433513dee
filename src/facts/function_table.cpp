// Look-ups in the tables of functions.
#include "function_table.h"

#include <algorithm>
#include <array>
#include <span>

namespace whimbrel::facts {
namespace {

using enum ir::op::Volatility;

constexpr FunctionRow kFunctions[] = {
#include "function_table.inc"
};

struct NamedVolatility {
  std::string_view name;
  ir::op::Volatility volatility;
};

/// From the extensions' own SQL files: uuid-ossp, pgcrypto.
constexpr NamedVolatility kExtensionFunctions[] = {
    {"crypt", immutable},
    {"decrypt", immutable},
    {"digest", immutable},
    {"encrypt", immutable},
    {"gen_random_bytes", volatile_},
    {"gen_random_uuid", volatile_},
    {"gen_salt", volatile_},
    {"hmac", immutable},
    {"unaccent", stable},
    {"uuid_generate_v1", volatile_},
    {"uuid_generate_v1mc", volatile_},
    {"uuid_generate_v3", immutable},
    {"uuid_generate_v4", volatile_},
    {"uuid_generate_v5", immutable},
    {"uuid_nil", immutable},
    {"uuid_ns_dns", immutable},
    {"uuid_ns_oid", immutable},
    {"uuid_ns_url", immutable},
    {"uuid_ns_x500", immutable},
};

/// Manual, "System Information Functions", "Date/Time Functions", "Conditional Expressions", "XML Functions", "JSON
/// Functions".
constexpr NamedVolatility kKeywords[] = {
    {"coalesce", immutable},       {"collation for", stable},
    {"current_catalog", stable},   {"current_date", stable},
    {"current_role", stable},      {"current_schema", stable},
    {"current_time", stable},      {"current_timestamp", stable},
    {"current_user", stable},      {"extract", immutable},
    {"greatest", immutable},       {"grouping", immutable},
    {"json", immutable},           {"json_array", stable},
    {"json_exists", immutable},    {"json_object", stable},
    {"json_query", immutable},     {"json_scalar", immutable},
    {"json_serialize", immutable}, {"json_table", immutable},
    {"json_value", immutable},     {"least", immutable},
    {"localtime", stable},         {"localtimestamp", stable},
    {"normalize", immutable},      {"nullif", immutable},
    {"overlay", immutable},        {"position", immutable},
    {"session_user", stable},      {"substring", immutable},
    {"system_user", stable},       {"treat", immutable},
    {"trim", immutable},           {"user", stable},
    {"xmlconcat", immutable},      {"xmlelement", stable},
    {"xmlexists", immutable},      {"xmlforest", stable},
    {"xmlparse", stable},          {"xmlpi", immutable},
    {"xmlroot", immutable},        {"xmlserialize", immutable},
};

static_assert(std::ranges::is_sorted(kFunctions, {}, &FunctionRow::name));
static_assert(std::ranges::is_sorted(kExtensionFunctions, {}, &NamedVolatility::name));
static_assert(std::ranges::is_sorted(kKeywords, {}, &NamedVolatility::name));

std::optional<ir::op::Volatility> find(std::span<const NamedVolatility> table, std::string_view name) {
  const auto found = std::ranges::lower_bound(table, name, {}, &NamedVolatility::name);
  if (found == table.end() || found->name != name) return std::nullopt;
  return found->volatility;
}

}  // namespace

FunctionAnswer built_in_function(std::string_view name, std::size_t arguments, int pg_version) {
  FunctionAnswer answer;
  bool here = false;
  for (const FunctionRow& row : std::ranges::equal_range(kFunctions, name, {}, &FunctionRow::name)) {
    if (answer.built_in == BuiltIn::no) answer.built_in = BuiltIn::other_version;
    if (pg_version < row.since || pg_version > row.until) continue;
    here = true;
    if (arguments < row.fewest || (row.most != 99 && arguments > row.most)) continue;
    if (answer.built_in != BuiltIn::yes) answer = {BuiltIn::yes, immutable};
    answer.volatility = std::max(answer.volatility, row.volatility);
  }
  if (here && answer.built_in != BuiltIn::yes) answer.built_in = BuiltIn::other_call;
  return answer;
}

std::optional<ir::op::Volatility> extension_function(std::string_view name) { return find(kExtensionFunctions, name); }
std::optional<ir::op::Volatility> keyword_function(std::string_view name) { return find(kKeywords, name); }

}  // namespace whimbrel::facts
