// ALTER COLUMN TYPE: a rewrite, an index rebuild or a check of all rows, unless PostgreSQL can keep the bytes as they
// are.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <string_view>
#include <vector>

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

std::string new_type(const ir::op::AlterColumnType& alter) { return alter.type.value.known() ? ir::to_sql(alter.type.value) : "another type"; }

std::string change_of(const ir::op::AlterColumnType& alter, const rule::Context& context, const catalog::Column* column) {
  const std::string name = rule::column_of(context, alter.table, alter.column.value);
  const std::string type = new_type(alter);
  return column != nullptr && column->type.known() ? fmt::format("{} from {} to {}", name, ir::to_sql(column->type), type) : fmt::format("{} to {}", name, type);
}

/// A step of the statement, where it is a change of a type that rewrites the table; else null.
const ir::op::AlterColumnType* rewriting(const rule::Context& context, std::size_t step) {
  const facts::Effects& effects = context.effects(step);
  return effects.error.empty() && !effects.rewrites.empty() ? std::get_if<ir::op::AlterColumnType>(&context.statement().steps[step].operation) : nullptr;
}

/// The first of them, which tells of all: they are made in one go. Looked for among so many steps that a huge statement stays linear.
const ir::op::AlterColumnType* first_rewriting(const rule::Context& context) {
  constexpr std::size_t kFarthest = 1000;
  for (std::size_t i = 0; i < std::min(kFarthest, context.statement().steps.size()); ++i) {
    if (const auto* alter = rewriting(context, i)) return alter;
  }
  return nullptr;
}

std::vector<const ir::op::AlterColumnType*> all_rewriting(const rule::Context& context) {
  std::vector<const ir::op::AlterColumnType*> changes;
  for (std::size_t i = 0; i < context.statement().steps.size(); ++i) {
    if (const auto* alter = rewriting(context, i)) changes.push_back(alter);
  }
  return changes;
}

bool rewrites_certainly(const rule::Context& context) {
  const auto certain = [](const facts::Work& work) { return certainly(work.happens); };
  return std::ranges::any_of(context.statement_effects().rewrites, certain);
}

const catalog::Type* enum_of(const ir::TypeName& type, const rule::Context& context) {
  return type.known() && type.dimensions == 0 ? rule::find_enum(context, {type.schema, type.name}) : nullptr;
}

std::vector<std::string> labels_without(const catalog::Type& type, const catalog::Type& other) {
  const std::set<std::string_view> others(other.labels.begin(), other.labels.end());
  std::vector<std::string> labels;
  std::ranges::copy_if(type.labels, std::back_inserter(labels), [&](const std::string& label) { return !others.contains(label); });
  return labels;
}

/// Where one enum takes the place of another: values are added to the old one, and those that are out of use stay in it. Empty: something else.
std::string instead_of_new_enum(const ir::op::AlterColumnType& alter, const catalog::Column* column, const rule::Context& context) {
  const catalog::Type* from = column == nullptr ? nullptr : enum_of(column->type, context);
  const catalog::Type* to = enum_of(alter.type.value, context);
  if (from == nullptr || to == nullptr) return "";
  const std::string type = ir::to_sql(rule::is_type_named_here(context, from->name.name) ? alter.type.value : column->type);
  const std::vector<std::string> added = labels_without(*to, *from);
  rule::Steps steps(context);
  if (!added.empty()) steps.say("the type stays, and gets its new values; they can be used when the transaction has committed:");
  for (const std::string& label : added) {
    const std::string add = fmt::format("ALTER TYPE {} ADD VALUE {}", type, rule::sql_string(label));
    context.pg_version() < 12 ? steps.run_alone(add) : steps.run(add);
  }
  if (!labels_without(*from, *to).empty()) {
    std::string allowed;
    for (const std::string& label : to->labels) allowed += (allowed.empty() ? "" : ", ") + rule::sql_string(label);
    const std::string name = ir::quote_identifier(rule::object_name(alter.table, {alter.column}, "check"));
    steps.say("a value that is out of use may stay in the type; what keeps it out of the column:");
    steps.add_not_valid(ir::to_sql(alter.table.value), name, fmt::format("CHECK ({} IN ({}))", ir::quote_identifier(alter.column.value), allowed));
  } else if (added.empty()) {
    steps.say("leave it out: the type has these values already");
  }
  return steps.text();
}

using Changes = std::span<const ir::op::AlterColumnType* const>;

/// The same for several changes of a statement, each way once; empty where one of them is something else.
std::string instead_of_new_enums(Changes changes, const catalog::Relation* table, const rule::Context& context) {
  std::vector<std::string> ways;
  for (const ir::op::AlterColumnType* alter : changes) {
    std::string way = instead_of_new_enum(*alter, table == nullptr ? nullptr : table->find_column(alter->column.value), context);
    if (way.empty()) return "";
    if (std::ranges::find(ways, way) == ways.end()) ways.push_back(std::move(way));
  }
  return fmt::format("{}", fmt::join(ways, "\n"));
}

std::string instead_of_rewrite(Changes changes, const catalog::Relation* table, const rule::Context& context) {
  constexpr std::size_t kShown = 4;
  const Changes shown = changes.first(std::min(kShown, changes.size()));
  rule::Steps steps(context);
  if (const std::string enums = instead_of_new_enums(shown, table, context); !enums.empty()) {
    if (shown.size() == changes.size()) return enums;
    return enums + "\n" + steps.say(fmt::format("and likewise for {} more", changes.size() - shown.size())).text();
  }
  const ir::RelationName& name = changes.front()->table;
  for (const ir::op::AlterColumnType* alter : shown) {
    steps.run(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", ir::to_sql(name.value), ir::quote_identifier(alter->column.value + "_new"), new_type(*alter)));
  }
  if (shown.size() < changes.size()) steps.say(fmt::format("and likewise for {} more", changes.size() - shown.size()));
  steps.say(changes.size() == 1 ? "a trigger BEFORE INSERT OR UPDATE keeps the two equal while the old rows are copied"
                                : "a trigger BEFORE INSERT OR UPDATE keeps old and new equal while the old rows are copied");
  for (const ir::op::AlterColumnType* alter : shown) {
    const std::string old = ir::quote_identifier(alter->column.value);
    steps.fill_from(context, name, alter->column.value + "_new", alter->column.value, alter->using_expr ? ir::to_sql(*alter->using_expr) : old);
  }
  return steps.say(changes.size() == 1 ? "then build its indexes CONCURRENTLY, let the application use it, and drop the old column"
                                       : "then build their indexes CONCURRENTLY, let the application use them, and drop the old columns").text();
}

void on_alter_type(const ir::op::AlterColumnType& alter, rule::Context& context) {
  if (context.is_harmless(alter.table)) return;
  const catalog::Relation* table = context.table(alter.table);
  const auto column_of = [&](const ir::op::AlterColumnType& change) { return table == nullptr ? nullptr : table->find_column(change.column.value); };
  const Span culprit = alter.type.span;

  const facts::Effects& effects = context.effects();
  if (!effects.error.empty()) {
    const std::string& reason = effects.error_reason;
    context.report(culprit, fmt::format("Changing {} fails{}{}", change_of(alter, context, column_of(alter)), reason.empty() ? "" : ": ", reason)).help =
        "drop what stands in the way first, and make it again in the same transaction";
    return;
  }
  const ir::op::AlterColumnType* first = first_rewriting(context);
  if (first != nullptr && first != &alter) return;   // told with it: it rewrites the table anyway
  if (first == nullptr && work_phrase(alter, context).empty()) return;
  const std::vector<const ir::op::AlterColumnType*> changes = first != nullptr ? all_rewriting(context) : std::vector{&alter};
  std::vector<std::string> told;
  for (const ir::op::AlterColumnType* change : changes) told.push_back(change_of(*change, context, column_of(*change)));
  const bool by_using = rule::work_of(effects.rewrites, {facts::Cause::using_expression}) != nullptr;
  // The foreign keys of a column are made anew with it.
  const std::vector<std::string> others = rule::also_blocked(context, alter.table);
  Finding& finding = context.report(
      culprit, fmt::format("Changing {} {}{} and {} {}{}{}", rule::join_names(told), work_phrase(alter, context),
                           by_using ? " to compute its USING expression," : "", rule::blocks(context, alter.table),
                           rule::until(context, "it is done"), rewrites_certainly(context) ? "" : condition(alter, context, column_of(alter)),
                           others.empty() ? "" : fmt::format("; {}, joined to it by foreign keys, {} locked too", rule::join_names(others), others.size() == 1 ? "is" : "are")));
  for (const ir::op::AlterColumnType* change : changes) {
    if (change != &alter) rule::add_label(finding, change->type.span, "changed in the same rewrite");
  }
  if (effects.rewrites.empty()) {
    finding.help = effects.builds.empty() ? "drop the CHECK constraints of the column first; add them again NOT VALID, and VALIDATE them later"
                   : effects.builds.size() == 1 ? "drop the index CONCURRENTLY first, and build it again CONCURRENTLY when the type is changed"
                                                : "drop these indexes CONCURRENTLY first, and build them again CONCURRENTLY when the type is changed";
    return;
  }
  finding.help = instead_of_rewrite(changes, table, context);
}

}  // namespace

extern constinit const rule::RuleChecks change_column_type = rule::subscribe<on_alter_type>();

}  // namespace whimbrel::rules
