// Columns in an order that leaves gaps in every row.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// pg_type.typlen and typalign of the types of fixed size.
struct Layout {
  std::string_view type;
  std::uint32_t size;
  std::uint32_t align;
};
constexpr std::array<Layout, 17> kLayouts{
    Layout{"bigint", 8, 8}, Layout{"double precision", 8, 8}, Layout{"timestamp without time zone", 8, 8}, Layout{"timestamp with time zone", 8, 8},
    Layout{"time without time zone", 8, 8}, Layout{"time with time zone", 12, 8}, Layout{"interval", 16, 8}, Layout{"money", 8, 8}, Layout{"point", 16, 8},
    Layout{"integer", 4, 4}, Layout{"real", 4, 4}, Layout{"date", 4, 4}, Layout{"oid", 4, 4}, Layout{"macaddr", 6, 4}, Layout{"smallint", 2, 2}, Layout{"boolean", 1, 1}, Layout{"uuid", 16, 1},
};
constexpr std::uint32_t kWorthTelling = 8;   ///< bytes a row

const Layout* layout(const ir::TypeName& type) {
  if (type.dimensions != 0 || !type.schema.empty()) return nullptr;
  const auto* const found = std::ranges::find(kLayouts, type.name, &Layout::type);
  return found == kLayouts.end() ? nullptr : &*found;
}

/// Bytes between columns of fixed size that follow each other; behind one of any length the place is not known.
std::uint32_t padding(const std::vector<ir::ColumnDef>& columns) {
  std::uint32_t lost = 0;
  std::uint32_t place = 0;
  bool known = true;
  for (const ir::ColumnDef& column : columns) {
    const Layout* one = layout(column.type.value);
    if (one == nullptr) {
      known = false;
      continue;
    }
    if (!known) {
      known = true;
      place = 0;   // as if it began well
    }
    const std::uint32_t gap = (one->align - place % one->align) % one->align;
    lost += gap;
    place += gap + one->size;
  }
  return lost;
}

void on_create(const ir::op::CreateTable& create, rule::Context& context) {
  if (create.persistence == ir::Persistence::temporary || !create.partition_of.value.empty() || !create.inherits.empty() || !create.likes.empty() || !create.of_type.empty()) return;
  const std::uint32_t lost = padding(create.columns);
  if (lost < kWorthTelling) return;
  std::vector<ir::ColumnDef> ordered = create.columns;
  const auto rank = [](const ir::ColumnDef& column) {
    const Layout* one = layout(column.type.value);
    return one == nullptr ? 0U : one->align;
  };
  std::ranges::stable_sort(ordered, std::ranges::greater{}, rank);
  std::vector<ir::Name> names;
  for (const ir::ColumnDef& column : ordered) names.push_back(column.name);
  Finding& finding = context.remark(create.table.span, fmt::format("Each row of {} has {} bytes of gaps between its columns", context.name_of(create.table), lost));
  finding.help = fmt::format("without gaps, in this order: {}", ir::to_sql(names));
}

}  // namespace

extern constinit const rule::RuleChecks column_order_padding = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
