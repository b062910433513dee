// For rules about migrations that can stop in the middle: what happens where a statement is run a second time.
#pragma once

#include "whimbrel/ir/migration.h"

namespace whimbrel::rule {

/// Whether the statement changes anything that stays: rows or schema.
bool changes_anything(const ir::Statement& statement);
/// Whether the statement can be run again where it has run already: IF [NOT] EXISTS, OR REPLACE, or what only says how it shall be. What
/// cannot be told (a DO block) counts as repeatable.
bool can_run_again(const ir::Statement& statement);

}  // namespace whimbrel::rule
