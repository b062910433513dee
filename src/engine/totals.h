// What a report says of itself once its findings are settled: their order, their fingerprints, their number.
#pragma once

#include "whimbrel/base/source.h"
#include "whimbrel/finding/report.h"

namespace whimbrel::engine {

/// Sorts the findings and drops doubles.
void settle_order(std::vector<Finding>& findings);
/// The same, and fills fingerprints and counts.
void settle_totals(Report& report, const Sources& sources);

}  // namespace whimbrel::engine
