// What a finding is known by from one run to the next.
#pragma once

#include <vector>

#include "whimbrel/base/source.h"
#include "whimbrel/finding/finding.h"

namespace whimbrel {

/// Fills `Finding::fingerprint`: of the rule, the migration, the file's own name, the direction and the subject, and the number among those that
/// agree in all of these. Lines may move, files may move to another folder, and what is below the current folder does not matter. Without a
/// subject the source's text at the finding counts. The findings are in their final order.
void set_fingerprints(std::vector<Finding>& findings, const Sources& sources);

}  // namespace whimbrel
