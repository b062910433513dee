// ALTER COLUMN TYPE: a rewrite, an index rebuild or a check of all rows, unless PostgreSQL can keep the bytes as they
// are.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// What the server does, and why: "rewrites all of users", "rebuilds index users_email_idx". Empty: nothing that takes
/// time.
std::string work_phrase(const ir::op::AlterColumnType& alter, const rule::Context& context) {
  const facts::Effects& effects = context.effects();
  if (!effects.rewrites.empty()) return fmt::format("rewrites all of {} and its indexes", context.name_of(alter.table));
  if (!effects.builds.empty()) {
    std::vector<std::string> names;
    for (const facts::Work& build : effects.builds) names.push_back(ir::quote_identifier(build.relation.name));
    return fmt::format("rebuilds {} {}", names.size() == 1 ? "index" : "the indexes", rule::join_names(names));
  }
  if (effects.scans.empty()) return "";
  return fmt::format("reads all of {} to check its constraints anew", context.name_of(alter.table));
}

/// The fact that is missing where the rewrite is not certain: ", unless …".
std::string condition(const ir::op::AlterColumnType& alter, const rule::Context& context,
                      const catalog::Column* column) {
  const auto& rewrites = context.effects().rewrites;
  if (rewrites.empty() || certainly(rewrites.front().happens)) return "";
  if (column == nullptr || !column->type.known()) {
    return ", unless its type now, which the history does not know, can be kept as it is";
  }
  if (!alter.type.value.known())
    return ", unless the new type, which the source does not tell, can keep the rows as they are";
  if (alter.type.value.name.starts_with("timestamp") && column->type.name.starts_with("timestamp")) {
    return ", unless the session's time zone is UTC; say so with the configuration key `time_zone`";
  }
  return fmt::format(", unless {} can be kept as {}", ir::to_sql(column->type), ir::to_sql(alter.type.value));
}

void on_alter_type(const ir::op::AlterColumnType& alter, rule::Context& context) {
  if (context.is_harmless(alter.table)) return;
  const catalog::Relation* table = context.table(alter.table);
  const catalog::Column* column = table == nullptr ? nullptr : table->find_column(alter.column.value);
  const std::string name = rule::column_of(context, alter.table, alter.column.value);
  const std::string type = alter.type.value.known() ? ir::to_sql(alter.type.value) : "another type";
  const std::string change = column != nullptr && column->type.known()
                                 ? fmt::format("Changing {} from {} to {}", name, ir::to_sql(column->type), type)
                                 : fmt::format("Changing {} to {}", name, type);
  const Span culprit = alter.type.span;

  const facts::Effects& effects = context.effects();
  if (effects.error.empty() && work_phrase(alter, context).empty()) return;
  if (!effects.error.empty()) {
    const std::string& reason = effects.error_reason;
    context.report(culprit, fmt::format("{} fails{}{}", change, reason.empty() ? "" : ": ", reason)).help =
        "drop what stands in the way first, and make it again in the same transaction";
    return;
  }
  const bool by_using = rule::work_of(effects.rewrites, {facts::Cause::using_expression}) != nullptr;
  // The foreign keys of a column are made anew with it.
  const std::vector<std::string> others = rule::also_blocked(context, alter.table);
  Finding& finding = context.report(
      culprit, fmt::format("{} {}{} and {} {}{}{}", change, work_phrase(alter, context),
                           by_using ? " to compute its USING expression," : "", rule::blocks(context, alter.table),
                           rule::until(context, "it is done"), condition(alter, context, column),
                           others.empty() ? "" : fmt::format("; {}, joined to it by foreign keys, {} locked too", rule::join_names(others), others.size() == 1 ? "is" : "are")));
  const std::string target = ir::to_sql(alter.table.value);
  const std::string fresh = ir::quote_identifier(alter.column.value + "_new");
  const std::string old = ir::quote_identifier(alter.column.value);
  if (effects.rewrites.empty()) {
    finding.help =
        effects.builds.empty()
            ? "drop the CHECK constraints of the column first; add them again NOT VALID, and VALIDATE them later"
            : "drop these indexes CONCURRENTLY first, and build them again CONCURRENTLY when the type is changed";
    return;
  }
  finding.help = rule::Steps(context)
                     .run(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", target, fresh, type))
                     .say("a trigger BEFORE INSERT OR UPDATE keeps the two equal while the old rows are copied")
                     .fill_from(context, alter.table, alter.column.value + "_new", alter.column.value,
                                alter.using_expr ? ir::to_sql(*alter.using_expr) : old)
                     .say("then build its indexes CONCURRENTLY, let the application use it, and drop the old column")
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks change_column_type = rule::subscribe<on_alter_type>();

}  // namespace whimbrel::rules
