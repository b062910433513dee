// A table that ends up without a primary key: rows cannot be told apart, and logical replication refuses to change them.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_history_end(const rule::HistoryEnd&, rule::Context& context) {
  for (const auto& [name, table] : context.catalog().relations()) {
    const bool is_table = table->kind == catalog::RelationKind::table || table->kind == catalog::RelationKind::partitioned_table;
    if (!is_table || table->persistence != ir::Persistence::permanent || table->is_partition || !table->parents.empty()) continue;
    if (!table->exact || table->presumed || table->primary_key() != nullptr || !context.made_by_judged(table->origin)) continue;
    const std::string shown = context.name_of({.value = name, .span = {}});
    Finding& finding = context.report_made(table->origin, fmt::format("Table {} has no primary key", shown));
    finding.help = fmt::format("id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n-- or the columns that tell its rows apart:\nALTER TABLE {} ADD PRIMARY KEY (…);", shown);
  }
}

}  // namespace

extern constinit const rule::RuleChecks missing_primary_key = rule::subscribe<on_history_end>();

}  // namespace whimbrel::rules
