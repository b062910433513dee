// Names of relations for people.
#include "whimbrel/facts/effects.h"

namespace whimbrel::facts {

std::string display_name(const QualifiedName& relation) { return ir::to_sql(relation); }

}  // namespace whimbrel::facts
