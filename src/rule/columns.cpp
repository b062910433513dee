// Judging columns where they are written.
#include "whimbrel/rule/columns.h"

#include <fmt/format.h>

#include "whimbrel/rule/help.h"

namespace whimbrel::rule {

std::string spelling(const ir::TypeName& type) { return type.known() ? ir::to_sql(type) : std::string(); }

Finding& report_type(Context& context, const ir::ColumnDef& column, const ir::RelationName& table, std::string_view why) {
  return context.remark(column.type.span.empty() ? column.span : column.type.span,
                        fmt::format("{} is {}: {}", column_of(context, table, column.name.value), spelling(column.type.value), why));
}

}  // namespace whimbrel::rule
