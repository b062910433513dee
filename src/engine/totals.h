// What a report says of itself once its findings are settled: their order, their fingerprints, their number.
#pragma once

#include "whimbrel/base/source.h"
#include "whimbrel/finding/report.h"

namespace whimbrel::engine {

/// Sorts the findings, drops doubles, fills fingerprints, counts.
void settle_totals(Report& report, const Sources& sources);

}  // namespace whimbrel::engine
