// A baseline entry that hides nothing. Only the engine, which applies baselines, can tell; so there is nothing to
// subscribe to.
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {

extern constinit const rule::RuleChecks unused_baseline_entry = rule::subscribe<>();

}  // namespace whimbrel::rules
