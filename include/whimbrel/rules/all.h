// The table of all rules' checks, which the build collects from rules/.
#pragma once

#include <span>

#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {

/// One entry for each rule, index = RuleId. The table is constant and lives as long as the program.
std::span<const rule::RuleChecks* const> all_checks();

}  // namespace whimbrel::rules
