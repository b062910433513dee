// RENAME COLUMN: code that is running knows the old name only.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_rename_column(const ir::op::RenameColumn& rename, rule::Context& context) {
  if (rule::is_own(context, rename.table)) return;
  const catalog::Relation* table = context.table(rename.table);
  const catalog::Column* column = table == nullptr ? nullptr : table->find_column(rename.column.value);
  if (column != nullptr && rule::made_in_this_part(context, column->origin)) return;

  const std::string target = ir::to_sql(rename.table.value);
  const std::string fresh = ir::quote_identifier(rename.new_name.value);
  Finding& finding = context.report(rename.new_name.span,
                                    fmt::format("Renaming {} to {} breaks code that still runs with the old name",
                                                rule::column_of(context, rename.table, rename.column.value), fresh));
  rule::Steps steps(context);
  const bool view = rename.of_view || (table != nullptr && table->kind == catalog::RelationKind::view);
  if (view) {
    finding.help = steps.say("give the view both names, the new one last, until no code uses the old one:")
                       .run(fmt::format("CREATE OR REPLACE VIEW {} AS SELECT …, {} AS {} FROM …", target,
                                        ir::quote_identifier(rename.column.value), fresh))
                       .text();
    return;
  }
  const std::string type = column != nullptr && column->type.known() ? ir::to_sql(column->type) : "…";
  finding.help = steps.run(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", target, fresh, type))
                     .say("a trigger BEFORE INSERT OR UPDATE keeps the two equal while the old rows are copied")
                     .fill_from(context, rename.table, rename.new_name.value, rename.column.value, ir::quote_identifier(rename.column.value))
                     .say("then let the application use it, and drop the old column")
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks rename_column = rule::subscribe<on_rename_column>();

}  // namespace whimbrel::rules
