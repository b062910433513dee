// A table or column named like a word of SQL has to be quoted for ever.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <string_view>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Reserved, or reserved but for functions and types: manual, appendix C, "SQL Key Words".
constexpr std::array<std::string_view, 100> kReserved{
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "binary", "both", "case", "cast", "check", "collate", "collation",
    "column", "concurrently", "constraint", "create", "cross", "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
    "current_user", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "false", "fetch", "for", "foreign", "freeze", "from", "full", "grant", "group",
    "having", "ilike", "in", "initially", "inner", "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left", "like", "limit", "localtime", "localtimestamp",
    "natural", "not", "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps", "placing", "primary", "references", "returning", "right", "select",
    "session_user", "similar", "some", "symmetric", "system_user", "table", "tablesample", "then", "to", "trailing", "true", "union", "unique", "user", "using", "variadic",
    "verbose", "when", "where", "window",
};

void judge(const ir::Name& name, std::string_view what, rule::Context& context) {
  if (!std::ranges::binary_search(kReserved, name.value)) return;
  Finding& finding = context.remark(name.span, fmt::format("{} is a word of SQL: the {} must be written \"{}\" wherever it is used", name.value, what, name.value));
  finding.help = fmt::format("a name that is no word of SQL; {}_ is one", name.value);
}

void on_create(const ir::op::CreateTable& create, rule::Context& context) {
  if (create.persistence == ir::Persistence::temporary) return;
  judge({.value = create.table.value.name, .span = create.table.span}, "table", context);
  for (const ir::ColumnDef& column : create.columns) judge(column.name, "column", context);
}
void on_add(const ir::op::AddColumn& add, rule::Context& context) { judge(add.column.name, "column", context); }
void on_rename_table(const ir::op::RenameTable& rename, rule::Context& context) { judge(rename.new_name, "table", context); }
void on_rename_column(const ir::op::RenameColumn& rename, rule::Context& context) { judge(rename.new_name, "column", context); }

}  // namespace

extern constinit const rule::RuleChecks reserved_keyword_identifier = rule::subscribe<on_create, on_add, on_rename_table, on_rename_column>();

}  // namespace whimbrel::rules
