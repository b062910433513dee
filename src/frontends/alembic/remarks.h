// What a revision's source does besides its operations: imports of models, loops over rows, SQL put together while it runs.
#pragma once

#include <vector>

#include "whimbrel/ir/migration.h"
#include "whimbrel/python/syntax.h"

namespace whimbrel::alembic {

/// By the syntax alone; downgrade() is left out. In the order of their places.
std::vector<ir::Remark> remarks(const python::Tree& tree);

}  // namespace whimbrel::alembic
