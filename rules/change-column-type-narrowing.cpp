// The new type of a column holds less than the old one: values do not fit, or lose digits.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

struct Integer {
  std::string_view name;
  int bytes;
  std::string_view range;
};
constexpr std::array<Integer, 3> kIntegers{Integer{"smallint", 2, "-32768 to 32767"}, Integer{"integer", 4, "-2147483648 to 2147483647"}, Integer{"bigint", 8, "the range of bigint"}};

const Integer* integer(const ir::TypeName& type) {
  const auto* const found = std::ranges::find(kIntegers, type.name, &Integer::name);
  return found == kIntegers.end() ? nullptr : &*found;
}
bool is_float(const ir::TypeName& type) { return type.name == "real" || type.name == "double precision"; }
bool is_text(const ir::TypeName& type) { return type.name == "text" || type.name == "character varying"; }
bool is_time(const ir::TypeName& type) { return type.name.starts_with("time") || type.name == "interval"; }

/// numeric(p) has no digits behind the point; nothing: numeric without limits.
struct Digits {
  std::int32_t before = 0;
  std::int32_t behind = 0;
};
std::optional<Digits> digits(const ir::TypeName& type) {
  if (type.typmods.empty()) return std::nullopt;
  const std::int32_t scale = type.typmods.size() > 1 ? type.typmods[1] : 0;
  return Digits{type.typmods[0] - scale, scale};
}

/// Rounded digits are lost; the rest of a larger number makes the statement fail.
std::string of_numeric(const ir::TypeName& from, const ir::TypeName& to) {
  const std::optional<Digits> now = digits(to);
  if (!now) return {};
  const std::optional<Digits> before = digits(from);
  if (!before || now->behind < before->behind) return fmt::format("digits behind the point are rounded to {}, and nothing brings them back", now->behind);
  if (now->before < before->before) return fmt::format("a value with more than {} digits before the point makes it fail", now->before);
  return {};
}

constexpr std::int32_t kFullPrecision = 6;   ///< of times: microseconds

std::string loss(const ir::TypeName& from, const ir::TypeName& to, bool by_using) {
  if (!from.known() || !to.known() || from.dimensions != 0 || to.dimensions != 0) return {};
  const Integer* narrow = integer(to);
  if (const Integer* wide = integer(from); wide != nullptr && narrow != nullptr && narrow->bytes < wide->bytes) {
    return fmt::format("a value outside of {} makes it fail", narrow->range);
  }
  if (narrow != nullptr && (is_float(from) || from.name == "numeric")) return fmt::format("fractions are rounded away, and a value outside of {} makes it fail", narrow->range);
  if (from.name == "double precision" && to.name == "real") return "digits behind the sixth are rounded away";
  if (from.name == "numeric" && to.name == "numeric") return of_numeric(from, to);
  if (is_text(from) && (to.name == "character varying" || to.name == "character") && !to.typmods.empty()) {
    const std::int32_t room = to.typmods.front();
    if (!from.typmods.empty() && from.typmods.front() <= room) return {};
    return by_using ? fmt::format("a value longer than {} characters is cut or makes it fail, as its USING says", room) : fmt::format("a value longer than {} characters makes it fail", room);
  }
  if (from.name.starts_with("timestamp") && to.name == "date") return "the time of the day is lost";
  if (from.name == to.name && is_time(from)) {
    const std::int32_t before = from.typmods.empty() ? kFullPrecision : from.typmods.front();
    const std::int32_t now = to.typmods.empty() ? kFullPrecision : to.typmods.front();
    if (now < before) return fmt::format("fractions of a second are rounded to {} digits", now);
  }
  return {};
}

void on_alter(const ir::op::AlterColumnType& alter, rule::Context& context) {
  if (rule::is_own(context, alter.table) || !context.effects().error.empty()) return;
  const catalog::Relation* table = context.table(alter.table);
  const catalog::Column* column = table == nullptr ? nullptr : table->find_column(alter.column.value);
  const std::string lost = column == nullptr ? std::string() : loss(column->type, alter.type.value, alter.using_expr != nullptr);
  if (lost.empty()) return;
  Finding& finding = context.remark(alter.type.span, fmt::format("{} holds {} and is to hold {}: {}", rule::column_of(context, alter.table, alter.column.value), ir::to_sql(column->type), ir::to_sql(alter.type.value), lost));
  rule::add_label(finding, alter.type.span, lost);
  finding.help = "look for such rows first, and keep new ones out with a CHECK … NOT VALID until the change is done";
}

}  // namespace

extern constinit const rule::RuleChecks change_column_type_narrowing = rule::subscribe<on_alter>();

}  // namespace whimbrel::rules
