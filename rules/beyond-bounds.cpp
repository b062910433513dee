// What a file holds beyond the bounds of reading. Too many findings in one file are told by the engine, which leaves them out.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_migration_end(const rule::MigrationEnd& end, rule::Context& context) {
  for (const ir::Unknown& place : end.migration.unknown) {
    if (place.beyond_bounds) context.report(place.span, fmt::format("From here on this migration is not read: {}", place.reason));
  }
}

}  // namespace

extern constinit const rule::RuleChecks beyond_bounds = rule::subscribe<on_migration_end>();

}  // namespace whimbrel::rules
