// Time settings as PostgreSQL reads them, and enum values within their transaction.
#include "whimbrel/facts/session.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "version_facts.h"
#include "whimbrel/base/text.h"

namespace whimbrel::facts {
namespace {

struct Unit {
  std::string_view name;
  double milliseconds;
};

/// Manual, "Parameter Names and Values": units of time are case sensitive.
constexpr std::array kUnits{Unit{"", 1},
                            Unit{"us", 0.001},
                            Unit{"ms", 1},
                            Unit{"s", 1000},
                            Unit{"min", 60 * 1000},
                            Unit{"h", 3600 * 1000},
                            Unit{"d", 24 * 3600 * 1000}};

constexpr std::string_view kBlank = " \t\n\v\f\r";

std::string_view skip_blank(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

}  // namespace

/// guc.c, parse_int: leading blanks, a C number (decimal, 0x…, 0…; a fraction is allowed), blanks, a unit, blanks. The
/// result is rounded; what lies outside of int or below zero is no value of lock_timeout or statement_timeout.
std::optional<std::int64_t> parse_duration_ms(std::string_view text) {
  const std::string number(skip_blank(text));
  if (number.empty()) return std::nullopt;
  char* end = nullptr;
  double value = static_cast<double>(std::strtoll(number.c_str(), &end, 0));
  if (*end == '.' || *end == 'e' || *end == 'E') value = std::strtod(number.c_str(), &end);
  if (end == number.c_str() || !std::isfinite(value)) return std::nullopt;

  std::string_view unit = skip_blank(std::string_view(end));
  while (!unit.empty() && kBlank.contains(unit.back())) unit.remove_suffix(1);
  for (const Unit& known : kUnits) {
    if (known.name != unit) continue;
    const double result = std::rint(value * known.milliseconds);
    if (result < 0 || result > static_cast<double>(std::numeric_limits<std::int32_t>::max())) return std::nullopt;
    return static_cast<std::int64_t>(result);
  }
  return std::nullopt;
}

}  // namespace whimbrel::facts
