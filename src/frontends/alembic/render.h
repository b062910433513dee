// A statement of ours as SQL on one line, as Alembic would print it: for `locks`.
#pragma once

#include <string>

#include "whimbrel/ir/migration.h"

namespace whimbrel::alembic {

/// Empty for what Alembic's directives do not make (an Opaque, a constraint without a condition that can be told).
std::string render(const ir::Statement& statement);

}  // namespace whimbrel::alembic
