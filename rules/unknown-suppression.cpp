// A suppression that names no rule. Only the engine, which settles suppressions, can tell; so there is nothing to
// subscribe to.
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {

extern constinit const rule::RuleChecks unknown_suppression = rule::subscribe<>();

}  // namespace whimbrel::rules
