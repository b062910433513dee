// A suppression that hides nothing. Only the engine, which settles suppressions, can tell; so there is nothing to
// subscribe to.
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {

extern constinit const rule::RuleChecks unused_suppression = rule::subscribe<>();

}  // namespace whimbrel::rules
