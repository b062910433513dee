// DROP TABLE: the rows are gone, and what still reads them fails.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_drop_table(const ir::op::DropTable& drop, rule::Context& context) {
  if (rule::is_own(context, drop.table)) return;
  const std::vector<std::string> others = rule::also_blocked(context, drop.table);
  const std::string table = context.name_of(drop.table);
  const bool again = rule::is_made_again(context, context.catalog().resolve(drop.table.value));
  std::string message = again ? fmt::format("Dropping {} deletes all its rows, which the one that takes its name does not have", table)
                              : fmt::format("Dropping {} deletes all its rows, and code that still uses it fails", table);
  if (!others.empty()) {
    message += fmt::format("; its foreign keys go too, which locks {}", rule::join_names(others));
  }
  Finding& finding = context.report(drop.table.span, message);
  if (again) {
    finding.help = rule::Steps(context).say("change the table in place, or make the new one under another name, fill it, and exchange the names").text();
    return;
  }
  finding.help = rule::Steps(context)
                     .say("first a release whose code does not use the table; then, to see that nobody does:")
                     .run(fmt::format("REVOKE ALL ON {} FROM …", ir::to_sql(drop.table.value)))
                     .say("then the drop, with the reason: whimbrel: ignore drop-table (unused since release …)")
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks drop_table = rule::subscribe<on_drop_table>();

}  // namespace whimbrel::rules
