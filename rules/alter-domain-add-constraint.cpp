// ALTER DOMAIN ADD CONSTRAINT checks every column of the domain while writes wait.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_alter(const ir::op::AlterDomain& alter, rule::Context& context) {
  using Action = ir::op::DomainAction;
  if ((alter.action != Action::add_constraint && alter.action != Action::set_not_null) || !context.effects().error.empty()) return;
  const std::vector<ir::RelationName> tables = rule::tables_read(context);
  if (tables.empty()) return;
  std::vector<std::string> read;
  for (const ir::RelationName& table : tables) read.push_back(context.name_of(table));
  Finding& finding = context.report(context.step().span, fmt::format("The domain's new constraint reads all of {}, which use{} it, and {} {}", rule::join_names(read), read.size() == 1 ? "s" : "",
                                                                     rule::blocks(context, tables.front()), rule::until(context, "every value is checked")));
  rule::Steps steps(context);
  const std::string domain = ir::to_sql(alter.domain.value);
  if (alter.action == Action::set_not_null) {
    steps.say("NOT NULL at the columns themselves can be proven without blocking; a domain's cannot");
  } else {
    const std::string name = alter.constraint.name.value.empty() ? "…" : ir::quote_identifier(alter.constraint.name.value);
    steps.run(fmt::format("ALTER DOMAIN {} ADD CONSTRAINT {} {} NOT VALID", domain, name, rule::constraint_sql(alter.constraint)))
        .say("in a later migration:")
        .run(fmt::format("ALTER DOMAIN {} VALIDATE CONSTRAINT {}", domain, name));
  }
  finding.help = steps.text();
}

}  // namespace

extern constinit const rule::RuleChecks alter_domain_add_constraint = rule::subscribe<on_alter>();

}  // namespace whimbrel::rules
