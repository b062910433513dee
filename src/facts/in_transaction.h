// What a statement runs into that its own transaction did before.
#pragma once

#include "gather.h"
#include "whimbrel/ir/migration.h"
#include "world.h"

namespace whimbrel::facts {

/// 55006: the statement wants a table for itself for which trigger events wait. `effects`: what it locks.
void check_pending_events(Gather& whole, const Effects& effects, const ir::Statement& statement, const World& world);
/// 55P04: the statement names an enum value that the transaction added.
void check_new_enum_values(Gather& gather, const ir::Operation& operation, const World& world);

}  // namespace whimbrel::facts
