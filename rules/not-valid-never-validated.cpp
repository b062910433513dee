// A constraint that is NOT VALID when the history ends: the old rows were never looked at.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_history_end(const rule::HistoryEnd&, rule::Context& context) {
  for (const auto& [name, table] : context.catalog().relations()) {
    if (!table->exact) continue;
    for (const catalog::Constraint& constraint : table->constraints) {
      if (constraint.validated || !constraint.enforced || constraint.inherited || !context.made_by_judged(constraint.origin)) continue;
      const std::string shown = context.name_of({.value = name, .span = {}});
      Finding& finding = context.report_made(
          constraint.origin, fmt::format("No migration validates {} of {}: rows from before it may break it, and the planner cannot rely on it",
                                         ir::quote_identifier(constraint.name), shown));
      finding.help = fmt::format("in a later migration, when the old rows are mended:\nALTER TABLE {} VALIDATE CONSTRAINT {};",
                                 shown, ir::quote_identifier(constraint.name));
    }
  }
}

}  // namespace

extern constinit const rule::RuleChecks not_valid_never_validated = rule::subscribe<on_history_end>();

}  // namespace whimbrel::rules
